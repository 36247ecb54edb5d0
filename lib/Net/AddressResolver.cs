// ARP: asks for the station of a next hop, answers for our own, and gives up in time. RFC 826. Next: ArpCache.cs
using System;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Net;

/// <summary>Finds stations. Time passes only when somebody calls: every call looks at the clock first.</summary>
internal sealed class AddressResolver
{
    /// <summary>Requests before a next hop is given up.</summary>
    public const int MaximumAttempts = 6;

    /// <summary>Between two requests.</summary>
    public const ulong RetriesPerSecond = 2;

    /// <summary>How long an answer is believed.</summary>
    public const ulong LifetimeInSeconds = 60;

    private readonly NicPort _nic;
    private readonly PacketTable _packets;
    private readonly SocketTable _sockets;
    private readonly NextHopWaiters _waiters;
    private readonly Clock _clock;
    private readonly NetworkConfiguration _configuration;
    private readonly ArpCache _cache = new();

    public AddressResolver(
        NicPort nic, PacketTable packets, SocketTable sockets, NextHopWaiters waiters, Clock clock, NetworkConfiguration configuration)
    {
        _nic = nic;
        _packets = packets;
        _sockets = sockets;
        _waiters = waiters;
        _clock = clock;
        _configuration = configuration;
    }

    /// <summary>
    /// The station of a next hop. WouldBlock while it is being asked for, HostUnreachable once when it is given up, NoBufferSpace if
    /// too many are being asked for, PeerGone if the driver is.
    /// </summary>
    public Status Resolve(uint hop, out ulong station)
    {
        station = EthernetHeader.Broadcast;
        if (hop == NetworkConfiguration.Broadcast)
            return Status.Ok;
        ArpEntry? entry = _cache.Find(hop) ?? _cache.Add(hop);
        if (entry is null)
            return Status.NoBufferSpace;
        ulong now = _clock.Ticks;
        if (entry.Station != 0 && now >= entry.Deadline)
            ArpCache.Reset(entry, hop);
        Status status = entry.Station == 0 ? Advance(entry, now) : Status.Ok;
        if (entry.Address != hop || entry.Station == 0)
            return status;
        station = entry.Station;
        return Status.Ok;
    }

    /// <summary>Asks again, or gives up, where it is time.</summary>
    public void Poll()
    {
        ulong now = _clock.Ticks;
        for (int i = 0; i < ArpCache.Capacity; i++)
        {
            ArpEntry entry = _cache.At(i);
            if (entry.Address != 0 && entry.Station == 0)
                Advance(entry, now);
        }
    }

    /// <summary>Handles a received ARP frame; true if its packet was kept.</summary>
    public bool Handle(ushort packet, Span<byte> frame)
    {
        ReadOnlySpan<byte> message = frame.Slice(EthernetHeader.Size);
        if (!ArpMessage.IsWellFormed(message))
            return false;
        bool isForUs = ArpMessage.TargetAddressOf(message) == _configuration.Address;
        Learn(ArpMessage.SenderAddressOf(message), ArpMessage.SenderStationOf(message), isForUs);
        if (!isForUs || ArpMessage.OperationOf(message) != ArpMessage.Request)
            return false;
        ArpMessage.TurnIntoReply(frame, _nic.MacAddress, _configuration.Address);
        _nic.TransmitOrFree(packet, ArpMessage.FrameSize, TransmitOptions.None);
        return true;
    }

    // RFC 826: what we know already is always brought up to date; a new entry is made only for those who talk to us.
    private void Learn(uint address, ulong station, bool isForUs)
    {
        bool isNeighbour = _configuration.IsSource(address) && _configuration.IsOnLink(address);
        if (!isNeighbour || !EthernetHeader.IsStation(station))
            return;
        ArpEntry? entry = _cache.Find(address) ?? (isForUs ? _cache.Add(address) : null);
        if (entry is null)
            return;
        bool isNews = entry.Station != station;
        entry.Station = station;
        entry.Attempts = 0;
        entry.Deadline = _clock.Ticks + _clock.TicksPerSecond * LifetimeInSeconds;
        if (!isNews)
            return;
        _waiters.OnHopFound(address, station);
        _sockets.OnHopFound(address, station);
    }

    private Status Advance(ArpEntry entry, ulong now)
    {
        if (now < entry.Deadline)
            return Status.WouldBlock;
        if (entry.Attempts >= MaximumAttempts)
            return GiveUp(entry, Status.HostUnreachable);
        entry.Attempts++;
        entry.Deadline = now + _clock.TicksPerSecond / RetriesPerSecond;
        uint hop = entry.Address;
        bool isDriverGone = Ask(hop) == Status.PeerGone;
        return isDriverGone && entry.Address == hop ? GiveUp(entry, Status.PeerGone) : Status.WouldBlock;
    }

    private Status GiveUp(ArpEntry entry, Status reason)
    {
        uint hop = entry.Address;
        ArpCache.Remove(entry);
        _waiters.OnHopLost(hop);
        _sockets.OnHopLost(hop);
        return reason;
    }

    // Without a free packet this attempt is lost; the next one comes with time.
    private Status Ask(uint hop)
    {
        ushort packet = _packets.Take(PacketOwner.Caller);
        if (packet == PacketTable.None)
            return Status.NoBufferSpace;
        Span<byte> frame = _packets.Frame(packet, ArpMessage.FrameSize);
        ArpMessage.WriteRequest(frame, _nic.MacAddress, _configuration.Address, hop);
        return _nic.TransmitOrFree(packet, ArpMessage.FrameSize, TransmitOptions.None);
    }
}
