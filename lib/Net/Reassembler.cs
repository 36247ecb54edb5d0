// Puts datagrams that came in fragments together again. RFC 791 3.2, RFC 815, RFC 1122 3.3.2. Next: PartialDatagram.cs
using System;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Net;

/// <summary>
/// A few datagrams at a time, each in one packet of the pool: that bounds both their number and their length. What does not become whole
/// within a minute is dropped, and its sender is told; so is the oldest when another begins and all places are taken.
/// </summary>
internal sealed class Reassembler
{
    public const int Capacity = 4;

    /// <summary>From the first fragment that came on. RFC 1122: 60 to 120 seconds.</summary>
    public const ulong LifetimeInSeconds = 60;

    private readonly PartialDatagram[] _partials = new PartialDatagram[Capacity];
    private readonly PacketTable _packets;
    private readonly IcmpError _errors;
    private readonly Clock _clock;
    private readonly NetworkStatistics _statistics;
    private int _count; // places taken

    public Reassembler(PacketTable packets, IcmpError errors, Clock clock, NetworkStatistics statistics)
    {
        _packets = packets;
        _errors = errors;
        _clock = clock;
        _statistics = statistics;
        for (int i = 0; i < Capacity; i++)
            _partials[i] = new PartialDatagram();
    }

    /// <summary>Takes in one fragment: a frame without padding.</summary>
    /// <returns>The packet with the whole datagram, if this was the last missing part; else None.</returns>
    public ushort Add(ReadOnlySpan<byte> frame, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> bytes = frame.Slice(EthernetHeader.Size);
        int offset = Ipv4Header.FragmentOffsetOf(bytes);
        int end = offset + bytes.Length - Ipv4Header.SizeOf(bytes);
        PartialDatagram? partial = Find(bytes);
        bool isPossible = PartialDatagram.Fits(bytes, offset, end);
        if (isPossible)
            partial ??= Begin(bytes);
        if (!isPossible || partial is null || !partial.TryAdd(_packets.Bytes(partial.Packet), frame, offset, end))
        {
            _statistics.Fragments++;
            Drop(partial);
            return PacketTable.None;
        }
        return partial.IsWhole ? Take(partial, out length) : PacketTable.None;
    }

    /// <summary>Drops what has waited too long, and tells its senders.</summary>
    public void Poll()
    {
        if (_count == 0)
            return;
        foreach (PartialDatagram partial in _partials)
        {
            if (partial.Packet == PacketTable.None || _clock.Ticks < partial.Deadline)
                continue;
            _statistics.Fragments += partial.Fragments;
            ushort packet = Release(partial);
            bool isTold = partial.HasStart
                && _errors.TrySend(packet, PartialDatagram.FirstLength, IcmpHeader.TimeExceeded, IcmpHeader.ReassemblyTimeExceeded);
            if (!isTold)
                _packets.Free(packet);
        }
    }

    private PartialDatagram? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (PartialDatagram partial in _partials)
        {
            if (partial.Packet != PacketTable.None && partial.IsOf(bytes))
                return partial;
        }
        return null;
    }

    // In an empty place, or in that of the oldest. Null without a free packet.
    private PartialDatagram? Begin(ReadOnlySpan<byte> bytes)
    {
        PartialDatagram place = _partials[0];
        foreach (PartialDatagram partial in _partials)
        {
            if (AgeKeyOf(partial) < AgeKeyOf(place))
                place = partial;
        }
        Drop(place);
        ushort packet = _packets.Take(PacketOwner.Partial);
        if (packet == PacketTable.None)
            return null;
        _count++;
        place.Begin(packet, bytes, _clock.Ticks + _clock.TicksPerSecond * LifetimeInSeconds);
        return place;
    }

    // Empty places come first.
    private static ulong AgeKeyOf(PartialDatagram partial) => partial.Packet == PacketTable.None ? 0 : partial.Deadline;

    private void Drop(PartialDatagram? partial)
    {
        if (partial is null || partial.Packet == PacketTable.None)
            return;
        _statistics.Fragments += partial.Fragments;
        _packets.Free(Release(partial));
    }

    private ushort Release(PartialDatagram partial)
    {
        _count--;
        return partial.Release();
    }

    private ushort Take(PartialDatagram partial, out int length)
    {
        length = EthernetHeader.Size + Ipv4Header.Size + partial.Length;
        ushort packet = Release(partial);
        Ipv4Header.MakeWhole(_packets.Frame(packet, length).Slice(EthernetHeader.Size));
        return packet;
    }
}
