// What an IPC message carries: four words in registers. Next: NicProtocol.cs
namespace RingOS.Abi;

/// <summary>Registers of the IPC syscalls, so that the four words and the badge have one home.</summary>
/// <remarks>
/// In: rdi = handle, rsi = word 0, rdx = word 1, r10 = word 2, r8 = word 3.
/// Out: rax = status (0, or negated), rsi, rdx, r10, r8 = the four words, rdi = badge of the sender's handle.
/// A receive that ends because of a notification has badge <see cref="NotificationBadge"/> and the bits in word 0.
/// </remarks>
public static class Message
{
    /// <summary>Words a message carries.</summary>
    public const int Words = 4;

    /// <summary>The badge a receiver sees when a bound notification, not a caller, woke it.</summary>
    public const ulong NotificationBadge = ulong.MaxValue;
}
