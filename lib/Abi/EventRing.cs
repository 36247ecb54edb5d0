// The driver's way up: a single-producer single-consumer ring of events in one shared page. Next: PacketLayout.cs
using System.Runtime.CompilerServices;

namespace RingOS.Abi;

/// <summary>
/// Completions and received packets travel from a driver's host to the network stack through this ring; the host then signals
/// the stack's notification unless it is about to answer a call anyway, because the caller drains the ring after every call.
/// Neither side trusts the other: indices are read once and masked, packet numbers are checked against the lender's own records.
/// </summary>
/// <remarks>
/// One 4096-byte page, written by the producer only: bytes 0..3 = producer index, 64.. = entries of 8 bytes.
/// The consumer index lives in a second page, written by the consumer only: bytes 0..3.
/// Both indices run freely modulo 2^32; the ring is full when they differ by <see cref="Capacity"/>.
/// An entry: bits 15:0 packet, 31:16 length, 39:32 <see cref="NicEventKind"/>, 47:40 <see cref="TransmitOutcome"/>.
/// </remarks>
public static class EventRing
{
    public const int ProducerOffset = 0;
    public const int ConsumerOffset = 0;

    /// <summary>In the consumer's page, bytes 4..7: not 0 if it looks for completions by itself and wants no signal for them.</summary>
    public const int QuietOffset = 4;
    public const int EntriesOffset = 64;
    public const int EntrySize = 8;

    /// <summary>Entries; more than there are packets to be in flight, so that a well-behaved producer never finds it full.</summary>
    public const int Capacity = 256;

    public const int PageSize = 4096;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(NicEventKind kind, ushort packet, ushort length, TransmitOutcome outcome)
        => packet | ((ulong)length << 16) | ((ulong)kind << 32) | ((ulong)outcome << 40);

    public static ushort PacketOf(ulong entry) => (ushort)entry;

    public static ushort LengthOf(ulong entry) => (ushort)(entry >> 16);

    public static NicEventKind KindOf(ulong entry) => (NicEventKind)(byte)(entry >> 32);

    public static TransmitOutcome OutcomeOf(ulong entry) => (TransmitOutcome)(byte)(entry >> 40);
}

/// <summary>What an event says.</summary>
public enum NicEventKind : byte
{
    None = 0,

    /// <summary>The driver is done with a transmitted packet; the outcome says how it went.</summary>
    Transmitted = 1,

    /// <summary>A lent buffer holds a received frame of the given length.</summary>
    Received = 2,

    /// <summary>The link went up (length 1) or down (length 0).</summary>
    LinkChange = 3,
}
