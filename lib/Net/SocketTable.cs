// All sockets: ports, who gets an arriving datagram, and the queues. RFC 768, RFC 6335. Next: PacketOwner.cs
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>A fixed number of sockets. Ports of datagram sockets and identifiers of echo sockets are two spaces of their own.</summary>
internal sealed class SocketTable
{
    public const int Capacity = NetProtocol.Sockets;

    private const ushort FirstEphemeralPort = 49152;

    private readonly Socket[] _sockets;
    private readonly PacketTable _packets;
    private readonly NetworkStatistics _statistics;
    private readonly INetworkUser _user;

    // All queues together may hold so many packets: what is left keeps reception and transmission going.
    private readonly int _queueLimit;
    private int _queued;
    private ushort _nextPort = FirstEphemeralPort;

    public SocketTable(PacketTable packets, NetworkStatistics statistics, INetworkUser user)
    {
        _packets = packets;
        _statistics = statistics;
        _user = user;
        _queueLimit = packets.Count / 8 * 3;
        _sockets = new Socket[Capacity];
        for (int i = 0; i < Capacity; i++)
            _sockets[i] = new Socket();
    }

    /// <summary>All sockets by number, open or not.</summary>
    public Socket[] All => _sockets;

    /// <summary>The open socket of that number, or null.</summary>
    public Socket? Find(int number)
        => (uint)number < Capacity && _sockets[number].IsOpen ? _sockets[number] : null;

    public Status Open(SocketKind kind, out int number)
    {
        number = -1;
        if (kind != SocketKind.Datagram && kind != SocketKind.Echo)
            return Status.ProtocolNotSupported;
        for (int i = 0; i < Capacity; i++)
        {
            if (_sockets[i].IsOpen)
                continue;
            _sockets[i].Open(kind);
            number = i;
            return Status.Ok;
        }
        return Status.TooManyHandles;
    }

    /// <summary>Closes an open socket and frees what it had not received yet.</summary>
    public void Close(Socket socket)
    {
        while (!socket.Received.IsEmpty)
            _packets.Free(TakeReceived(socket));
        socket.Close();
    }

    /// <summary>Gives the socket a port: the one asked for, or for 0 the next ephemeral one. AddressInUse if another has it.</summary>
    public Status Bind(Socket socket, ushort port)
    {
        if (port == 0)
            port = NextEphemeralPort(socket.Kind);
        else if (IsTaken(socket.Kind, port))
            return Status.AddressInUse;
        socket.LocalPort = port;
        return Status.Ok;
    }

    /// <summary>Finds who receives a datagram: a socket connected to its sender before one that is not connected. -1 if nobody.</summary>
    public int FindReceiver(SocketKind kind, ushort localPort, ulong sender)
    {
        int found = -1;
        for (int i = 0; i < Capacity; i++)
        {
            Socket socket = _sockets[i];
            if (!socket.IsOpen || socket.Kind != kind || socket.LocalPort != localPort || localPort == 0)
                continue;
            if (socket.Remote == sender)
                return i;
            if (socket.Remote == 0)
                found = i;
        }
        return found;
    }

    /// <summary>Finds the socket connected to an endpoint. -1 if there is none.</summary>
    public int FindConnected(ushort localPort, ulong remote)
    {
        int found = FindReceiver(SocketKind.Datagram, localPort, remote);
        return found >= 0 && _sockets[found].Remote == remote ? found : -1;
    }

    /// <summary>Queues a datagram; false if it is dropped.</summary>
    public bool Deliver(int number, ushort packet, int offset, int length, ulong sender)
    {
        Socket socket = _sockets[number];
        if (socket.Received.IsFull || _queued >= _queueLimit)
        {
            _statistics.QueueFull++;
            return false;
        }
        _packets.Describe(packet, offset, length, sender);
        _packets.Give(packet, PacketOwner.Queued);
        socket.Received.Add(packet);
        _queued++;
        _user.OnSocketReady(number);
        return true;
    }

    /// <summary>The oldest datagram; the caller has checked that there is one.</summary>
    public ushort TakeReceived(Socket socket)
    {
        _queued--;
        return socket.Received.Take();
    }

    /// <summary>Makes the next operation on a socket fail, and says that it is worth a try.</summary>
    public void Fail(int number, Status error)
    {
        _sockets[number].Fail(error);
        _user.OnSocketReady(number);
    }

    /// <summary>The next hop has been found: connected sockets use it, waiting ones are told.</summary>
    public void OnHopFound(uint hop, ulong station)
    {
        for (int i = 0; i < Capacity; i++)
        {
            Socket socket = _sockets[i];
            if (socket.NextHop == hop)
                socket.Header.SetStation(station);
            if (socket.AwaitedHop != hop)
                continue;
            socket.AwaitedHop = 0;
            _user.OnSocketReady(i);
        }
    }

    /// <summary>The next hop did not answer: waiting sockets are told.</summary>
    public void OnHopLost(uint hop)
    {
        for (int i = 0; i < Capacity; i++)
        {
            Socket socket = _sockets[i];
            if (socket.AwaitedHop != hop)
                continue;
            socket.AwaitedHop = 0;
            socket.UnreachableHop = hop;
            _user.OnSocketReady(i);
        }
    }

    private ushort NextEphemeralPort(SocketKind kind)
    {
        ushort port;
        do
        {
            port = _nextPort++;
            if (_nextPort == 0)
                _nextPort = FirstEphemeralPort;
        }
        while (IsTaken(kind, port)); // Ends: there are more ports than sockets.
        return port;
    }

    private bool IsTaken(SocketKind kind, ushort port)
    {
        foreach (Socket socket in _sockets)
        {
            if (socket.IsOpen && socket.Kind == kind && socket.LocalPort == port)
                return true;
        }
        return false;
    }
}
