// The word of a notification: its signals, and how many have come. Kernel side: kernel/ipc/Notification.cs. Next: NicProtocol.cs
namespace RingOS.Abi;

/// <summary>
/// Bits 15:0 are signals; bits 63:16 count those that have come since the word was taken. By the count the kernel knows whether what a service says it
/// has served is all that has come: the same bit may have been signalled again since the service looked.
/// </summary>
public static class SignalWord
{
    /// <summary>The signals there can be.</summary>
    public const ulong Signals = 0xFFFF;

    /// <summary>What one more signal adds.</summary>
    public const ulong Arrival = 1 << 16;
}
