// A receive descriptor that comes back describing a frame, in the extended form. Datasheet 7.1. Next: ../e1000/ReceiveRing.cs
using RingOS.Abi;
using RingOS.Drivers.E1000;

namespace RingOS.Drivers.E1000e;

/// <summary>
/// Word 1 as the device has written it: status in bits 19:0, errors in 31:20, length in 47:32, a VLAN tag in 63:48. The device writes over
/// word 0, the address of the buffer, as well: a hash or a checksum, not used here.
/// </summary>
internal readonly struct ExtendedReport(ulong word) : IReceiveReport<ExtendedReport>
{
    private const ulong Done = 1ul << 0; // DD
    private const ulong EndOfPacket = 1ul << 1; // EOP: clear if the frame goes on in the next buffer

    // The errors of the frame itself: CE, SE, SEQ, CXE, RXE. Those of the checksum unit, which stays off, are not its fault.
    private const ulong Errors = 0b1001_0111ul << 24;

    public static ExtendedReport Of(ulong word) => new(word);

    public bool IsDone => (word & Done) != 0;

    public ushort Length => (ushort)(word >> 32);

    /// <summary>A whole frame without errors, of a length that the receiver accepts.</summary>
    public bool IsGoodFrame
        => (word & (EndOfPacket | Errors)) == EndOfPacket && (uint)(Length - 1) < PacketLayout.MaximumTaggedFrame;
}
