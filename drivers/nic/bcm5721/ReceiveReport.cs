// What the device says of a buffer it has filled. Next: StatusBlock.cs
using RingOS.Abi;

namespace RingOS.Drivers.Bcm5721;

/// <summary>Length in bits 15:0 and flags in 47:32 of a returned descriptor; zero describes no good frame.</summary>
internal readonly struct ReceiveReport(ulong word)
{
    /// <summary>The most a lent buffer takes: the longest frame with its check sequence. The device drops what is longer.</summary>
    public const uint LentLength = PacketLayout.MaximumTaggedFrame + FrameCheck;

    private const uint FrameCheck = 4; // The length counts it.
    private const ulong EndOfFrame = 1ul << 34; // RXD_FLAG_END
    private const ulong Error = 1ul << 42; // RXD_FLAG_ERROR: which, stands in the errors

    public ushort Length => (ushort)(word - FrameCheck);

    /// <summary>A whole frame without errors, of a length that the stack accepts.</summary>
    public bool IsGoodFrame
        => (word & (EndOfFrame | Error)) == EndOfFrame && (uint)(Length - 1) < PacketLayout.MaximumTaggedFrame;
}
