// Frames that are complete but for the station they go to. RFC 1122 2.3.2.2. Next: ArpMessage.cs
using System;
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>A frame that waits for the address of its next hop.</summary>
internal sealed class HeldFrame
{
    /// <summary><see cref="PacketTable.None"/>: this place is empty.</summary>
    public ushort Packet = PacketTable.None;
    public int Length;
    public TransmitOptions Options;
    public uint Hop;
    public int Socket;
}

/// <summary>Holds a few frames of unconnected sockets while their next hops are asked for.</summary>
internal sealed class NextHopWaiters
{
    /// <summary>More than come at once from a neighbour that has to be asked for first; unless that were too much of the pool.</summary>
    public const int MostFrames = 32;

    private const int PoolShare = 8;

    private readonly HeldFrame[] _frames;
    private readonly PacketTable _packets;
    private readonly NicPort _nic;
    private readonly SocketTable _sockets;
    private readonly NetworkStatistics _statistics;

    public NextHopWaiters(PacketTable packets, NicPort nic, SocketTable sockets, NetworkStatistics statistics)
    {
        _packets = packets;
        _nic = nic;
        _sockets = sockets;
        _statistics = statistics;
        _frames = new HeldFrame[Math.Min(MostFrames, packets.Count / PoolShare)];
        for (int i = 0; i < _frames.Length; i++)
            _frames[i] = new HeldFrame();
    }

    /// <summary>Keeps the caller's packet until its next hop is known. NoBufferSpace if too many wait: it stays the caller's.</summary>
    public Status Hold(ushort packet, int length, TransmitOptions options, uint hop, int socket)
    {
        foreach (HeldFrame frame in _frames)
        {
            if (frame.Packet != PacketTable.None)
                continue;
            frame.Packet = packet;
            frame.Length = length;
            frame.Options = options;
            frame.Hop = hop;
            frame.Socket = socket;
            _packets.Give(packet, PacketOwner.Held);
            return Status.Ok;
        }
        return Status.NoBufferSpace;
    }

    /// <summary>Sends what waited for this next hop.</summary>
    public void OnHopFound(uint hop, ulong station)
    {
        foreach (HeldFrame frame in _frames)
        {
            if (frame.Packet == PacketTable.None || frame.Hop != hop)
                continue;
            ushort packet = Take(frame);
            EthernetHeader.WriteAddress(_packets.Frame(packet, frame.Length), EthernetHeader.Destination, station);
            _nic.TransmitOrFree(packet, frame.Length, frame.Options);
        }
    }

    /// <summary>Drops what waited for this next hop; the sockets hear of it with their next operation.</summary>
    public void OnHopLost(uint hop)
    {
        foreach (HeldFrame frame in _frames)
        {
            if (frame.Packet == PacketTable.None || frame.Hop != hop)
                continue;
            ushort packet = Take(frame);
            _packets.Free(packet);
            _nic.Sent?.OnTransmitted(packet, TransmitOutcome.Aborted);
            _statistics.Unreachable++;
            _sockets.Fail(frame.Socket, Status.HostUnreachable);
            _nic.OnRoomMade(); // also for those who were refused for want of a place here
        }
    }

    /// <summary>Drops what a socket that is being closed had waiting.</summary>
    public void Drop(int socket)
    {
        foreach (HeldFrame frame in _frames)
        {
            if (frame.Packet != PacketTable.None && frame.Socket == socket)
                _packets.Free(Take(frame));
        }
    }

    private static ushort Take(HeldFrame frame)
    {
        ushort packet = frame.Packet;
        frame.Packet = PacketTable.None;
        return packet;
    }
}
