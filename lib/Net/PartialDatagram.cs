// A datagram of which some fragments have come: where they are, and which are missing. RFC 815. Next: UdpInput.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>
/// Lies in a packet as if it had come whole, without IPv4 options. A fragment that overlaps another and is not the same once more ends the
/// datagram: two versions of a byte are an attack (RFC 5722).
/// </summary>
internal sealed class PartialDatagram
{
    /// <summary>Bytes behind the IPv4 header that a packet has room for.</summary>
    public const int MostBytes = (PacketLayout.BufferSize - PayloadOffset) / Block * Block;

    /// <summary>Of a frame with headers and the 8 bytes of the start that an error message quotes.</summary>
    public const int FirstLength = EthernetHeader.Size + Ipv4Header.Size + Block;

    private const int Block = 8; // fragments begin at its multiples
    private const int PayloadOffset = PacketLayout.FrameOffset + EthernetHeader.Size + Ipv4Header.Size;

    private readonly bool[] _has = new bool[MostBytes / Block];
    private int _received; // blocks
    private uint _key;
    private uint _source;
    private uint _destination;

    /// <summary>None: this place is empty.</summary>
    public ushort Packet { get; private set; } = PacketTable.None;

    /// <summary>Clock ticks when it is given up.</summary>
    public ulong Deadline { get; private set; }

    /// <summary>Fragments in it.</summary>
    public uint Fragments { get; private set; }

    /// <summary>The first fragment has come, and with it the headers.</summary>
    public bool HasStart { get; private set; }

    /// <summary>Bytes behind the IPv4 header; 0 until the last fragment has come.</summary>
    public int Length { get; private set; }

    public bool IsWhole => Length != 0 && _received == BlocksIn(Length);

    /// <summary>Whether a fragment can be part of any datagram that we take: not empty, in whole blocks but for the last, not too long.</summary>
    public static bool Fits(ReadOnlySpan<byte> bytes, int offset, int end)
        => end > offset && end <= MostBytes && (end % Block == 0 || !Ipv4Header.HasMoreFragments(bytes));

    public bool IsOf(ReadOnlySpan<byte> bytes)
        => Ipv4Header.FragmentKeyOf(bytes) == _key && Ipv4Header.SourceOf(bytes) == _source && Ipv4Header.DestinationOf(bytes) == _destination;

    public void Begin(ushort packet, ReadOnlySpan<byte> bytes, ulong deadline)
    {
        Packet = packet;
        Deadline = deadline;
        _key = Ipv4Header.FragmentKeyOf(bytes);
        _source = Ipv4Header.SourceOf(bytes);
        _destination = Ipv4Header.DestinationOf(bytes);
        Fragments = 0;
        HasStart = false;
        Length = 0;
        _received = 0;
        new Span<bool>(_has).Clear();
    }

    /// <summary>The place is empty again; what the packet holds stays as it is.</summary>
    public ushort Release()
    {
        ushort packet = Packet;
        Packet = PacketTable.None;
        return packet;
    }

    /// <summary>Copies a fragment to its place; false if it contradicts what has come before.</summary>
    /// <param name="buffer">The whole packet.</param>
    /// <param name="frame">The fragment, without padding.</param>
    /// <param name="offset">Of its bytes in the datagram, as <see cref="Fits"/> has found good.</param>
    /// <param name="end">Of the byte behind them.</param>
    public bool TryAdd(Span<byte> buffer, ReadOnlySpan<byte> frame, int offset, int end)
    {
        bool isLast = !Ipv4Header.HasMoreFragments(frame.Slice(EthernetHeader.Size));
        int present = CountPresent(offset / Block, BlocksIn(end));
        bool isRepeated = present == BlocksIn(end) - offset / Block;
        bool isBeyondEnd = Length != 0 && (end > Length || (isLast && end != Length));
        bool isEndTooEarly = isLast && Length == 0 && CountPresent(BlocksIn(end), _has.Length) != 0;
        if (isBeyondEnd || isEndTooEarly || (present != 0 && !isRepeated))
            return false;
        Fragments++;
        if (isRepeated)
            return true;
        frame.Slice(frame.Length - (end - offset)).CopyTo(buffer.Slice(PayloadOffset + offset));
        for (int block = offset / Block; block < BlocksIn(end); block++)
            _has[block] = true;
        _received += BlocksIn(end) - offset / Block;
        if (isLast)
            Length = end;
        if (offset == 0)
            TakeHeaders(buffer, frame);
        return true;
    }

    private void TakeHeaders(Span<byte> buffer, ReadOnlySpan<byte> frame)
    {
        const int Headers = EthernetHeader.Size + Ipv4Header.Size;
        frame.Slice(0, Headers).CopyTo(buffer.Slice(PacketLayout.FrameOffset));
        Ipv4Header.MakeWhole(buffer.Slice(PacketLayout.FrameOffset + EthernetHeader.Size, Ipv4Header.Size + Block));
        HasStart = true;
    }

    private int CountPresent(int from, int to)
    {
        int count = 0;
        for (int block = from; block < to; block++)
            count += _has[block] ? 1 : 0;
        return count;
    }

    private static int BlocksIn(int bytes) => (bytes + Block - 1) / Block;
}
