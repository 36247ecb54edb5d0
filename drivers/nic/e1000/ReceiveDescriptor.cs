// A descriptor that lends one buffer and comes back describing a frame. Manual 3.2.3. Next: Statistics.cs
using RingOS.Abi;

namespace RingOS.Drivers.E1000;

/// <summary>
/// Word 1 as the device has written it: length in bits 15:0, a checksum not used here in 31:16, status in 39:32, errors in 47:40,
/// a VLAN tag in 63:48.
/// </summary>
internal readonly struct ReceiveReport(ulong word) : IReceiveReport<ReceiveReport>
{
    private const ulong Done = 1ul << 32; // DD
    private const ulong EndOfPacket = 1ul << 33; // EOP: clear if the frame goes on in the next buffer

    // The errors of the frame itself: CE, SE, SEQ, CXE, RXE. Those of the checksum unit, which stays off, are not its fault.
    private const ulong Errors = 0b1001_0111ul << 40;

    public static ReceiveReport Of(ulong word) => new(word);

    public bool IsDone => (word & Done) != 0;

    public ushort Length => (ushort)word;

    /// <summary>A whole frame without errors, of a length that the receiver accepts.</summary>
    public bool IsGoodFrame
        => (word & (EndOfPacket | Errors)) == EndOfPacket && (uint)(Length - 1) < PacketLayout.MaximumTaggedFrame;
}
