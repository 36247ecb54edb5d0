// A descriptor that sends one frame. Manual 3.3.7, "TCP/IP Data Descriptor Format"; 82574 datasheet 7.2. Next: ChecksumContext.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Drivers.E1000;

/// <summary>
/// Two 64-bit words. Word 0: address of the frame. Word 1: length in bits 19:0 (DTALEN), <see cref="TransmitCommand"/> in 31:20,
/// the device's report in 35:32 (STA), checksum options in 47:40 (POPTS).
/// </summary>
internal static class TransmitDescriptor
{
    public const int Size = 16;

    private const TransmitCommand Command = TransmitCommand.DataDescriptor | TransmitCommand.EndOfPacket
        | TransmitCommand.InsertFrameCheck | TransmitCommand.ReportStatus | TransmitCommand.Extended;

    private const int InsertTransportChecksum = 41; // POPTS.TXSM

    /// <summary>Word 1 for a frame of <paramref name="length"/> bytes in one buffer, with an empty status.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Describe(ushort length, TransmitOptions options)
        => length | (uint)Command | ((ulong)(options & TransmitOptions.CompleteUdpChecksum) << InsertTransportChecksum);
}

/// <summary>What a descriptor tells the device: DTYP in bits 23:20, DCMD or TUCMD in bits 31:24 of word 1.</summary>
[Flags]
internal enum TransmitCommand : uint
{
    DataDescriptor = 1u << 20, // DTYP = 0001; 0000 is a context
    EndOfPacket = 1u << 24, // EOP (DCMD)
    InsertFrameCheck = 1u << 25, // IFCS (DCMD)
    Ipv4 = 1u << 25, // IP (TUCMD)
    ReportStatus = 1u << 27, // RS
    Extended = 1u << 29, // DEXT: not a legacy descriptor
}

/// <summary>Word 1 as the device has written it back; the collision bits mean something in half duplex only.</summary>
internal readonly struct TransmitReport(ulong word)
{
    private const ulong Done = 1ul << 32; // DD
    private const ulong ExcessiveCollisions = 1ul << 33; // EC
    private const ulong LateCollision = 1ul << 34; // LC

    public bool IsDone => (word & Done) != 0;

    public bool IsSent => (word & (ExcessiveCollisions | LateCollision)) == 0;

    /// <summary>Why the frame was not sent. Call only if it was not.</summary>
    public TransmitOutcome Failure
        => (word & ExcessiveCollisions) != 0 ? TransmitOutcome.ExcessiveCollisions : TransmitOutcome.LateCollision;
}
