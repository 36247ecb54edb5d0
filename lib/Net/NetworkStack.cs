// The network stack: sockets above, a NIC driver below, wherever either is placed. Next: NetDispatcher.cs
using System;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Net;

/// <summary>
/// UDP and ICMP echo over IPv4 and Ethernet. A passive object: it has no thread, never waits, and after construction allocates
/// nothing. It owns all packets of its pool, lends some to the driver for reception and hands others to its user to fill.
/// Its operations are those of <see cref="NetOperation"/>; all may be called with any numbers whatever.
/// </summary>
/// <remarks>
/// Not to be called by two processors at once, nor from inside <see cref="INetworkUser"/>. While a call waits in the link, the
/// driver's reports and, between two of them, calls for other threads are welcome: the records are complete whenever the link is called.
/// </remarks>
public sealed class NetworkStack : INicEvents
{
    /// <summary>Buffers lent for reception, unless that were more than a quarter of the pool.</summary>
    public const int ReceiveBuffers = 64;

    // An endpoint is an address and a port; the bits above must be zero.
    private const int EndpointBits = 48;

    private readonly PacketTable _packets;
    private readonly NicPort _nic;
    private readonly SocketTable _sockets;
    private readonly NextHopWaiters _waiters;
    private readonly AddressResolver _resolver;
    private readonly NetworkConfiguration _configuration;
    private readonly FrameOutput _output;
    private readonly Reassembler _reassembler;
    private readonly SentFrames? _sent; // null: nobody wants to know
    private bool _isStarted;
    private ushort _identification = 1;

    public NetworkStack(PacketPool pool, INicLink link, INetworkUser user, Clock clock, NetworkConfiguration configuration)
    {
        _configuration = configuration;
        _packets = new PacketTable(pool);
        _nic = new NicPort(link, _packets, Statistics, user);
        _sockets = new SocketTable(_packets, Statistics, user);
        _waiters = new NextHopWaiters(_packets, _nic, _sockets, Statistics);
        _resolver = new AddressResolver(_nic, _packets, _sockets, _waiters, clock, configuration);
        _output = new FrameOutput(_nic, configuration);
        if (configuration.Completion != CompletionMode.Queued)
            _nic.Sent = _sent = new SentFrames(_packets.Count, _sockets, user, configuration.Completion);
        IcmpError errors = new(_packets, _nic, configuration);
        _reassembler = new Reassembler(_packets, errors, clock, Statistics);
        IcmpInput icmp = new(_nic, _sockets, configuration, Statistics);
        Ipv4Input ipv4 = new(_packets, _reassembler, new UdpInput(_sockets, errors, Statistics), icmp, configuration, Statistics);
        _nic.Input = new FrameInput(_packets, _nic, _resolver, ipv4, Statistics);
    }

    public NetworkStatistics Statistics { get; } = new();

    /// <summary>As the driver said last; false until it says anything.</summary>
    public bool IsLinkUp => _nic.IsLinkUp;

    /// <summary>True if the NIC completes UDP checksums, false if we do.</summary>
    public bool OffloadsUdpChecksum => _nic.UdpOptions != TransmitOptions.None;

    /// <summary>Begins: the driver has been started and its station address is known. Busy the second time; PeerGone.</summary>
    public Status Start()
    {
        if (_isStarted)
            return Status.Busy;
        _isStarted = true;
        return _nic.Start(Math.Min(ReceiveBuffers, _packets.Count / 4), _configuration.MayOffloadChecksums);
    }

    /// <summary>A new socket. ProtocolNotSupported, TooManyHandles, or NetworkDown before <see cref="Start"/>.</summary>
    public Status Open(SocketKind kind, out int socket)
    {
        socket = -1;
        return _isStarted ? _sockets.Open(kind, out socket) : Status.NetworkDown;
    }

    /// <summary>Closes a socket and takes back a packet its user still had.</summary>
    /// <param name="socket">BadHandle if it is not open.</param>
    /// <param name="packet">A packet of the caller, or NoPacket; anything else is InvalidArgument, and nothing is closed.</param>
    public Status Close(int socket, ushort packet)
    {
        Socket? closing = _sockets.Find(socket);
        if (closing is null)
            return Status.BadHandle;
        if (packet != PacketTable.None && Release(packet) != Status.Ok)
            return Status.InvalidArgument;
        _waiters.Drop(socket);
        _sent?.Forget(socket);
        _sockets.Close(closing);
        _nic.Replenish();
        return Status.Ok;
    }

    /// <summary>
    /// Gives a socket its local endpoint, once: our address or 0, and a port or 0 for any. AddressNotAvailable, AddressInUse;
    /// InvalidArgument if it has one already.
    /// </summary>
    public Status Bind(int socket, ulong endpoint)
    {
        Socket? binding = _sockets.Find(socket);
        if (binding is null)
            return Status.BadHandle;
        if (endpoint >> EndpointBits != 0 || binding.LocalPort != 0)
            return Status.InvalidArgument;
        uint address = NetProtocol.AddressOf(endpoint);
        if (address != 0 && address != _configuration.Address)
            return Status.AddressNotAvailable;
        return _sockets.Bind(binding, NetProtocol.PortOf(endpoint));
    }

    /// <summary>
    /// Fixes the remote endpoint. WouldBlock while the next hop is being asked for: the user is told when to call again, and calls
    /// again when it has waited long enough itself. NetworkUnreachable, HostUnreachable, PeerGone.
    /// </summary>
    public Status Connect(int socket, ulong endpoint)
    {
        Socket? connecting = _sockets.Find(socket);
        if (connecting is null)
            return Status.BadHandle;
        if (!IsDestination(connecting.Kind, endpoint))
            return Status.InvalidArgument;
        if (!_configuration.TryNextHop(NetProtocol.AddressOf(endpoint), out uint hop))
            return Status.NetworkUnreachable;
        bool wasGivenUp = connecting.UnreachableHop == hop;
        connecting.Disconnect();
        if (wasGivenUp)
            return Status.HostUnreachable;
        Status status = Resolve(connecting, hop, out ulong station);
        if (status == Status.WouldBlock)
            connecting.AwaitedHop = hop;
        if (status != Status.Ok)
            return status;
        _output.PrepareHeader(connecting.Header, connecting.LocalPort, station, endpoint);
        connecting.Connect(endpoint, hop);
        return Status.Ok;
    }

    /// <summary>A packet to fill, or NoPacket if none is free. Its payload starts at <see cref="PacketLayout.UdpPayloadOffset"/>.</summary>
    public ushort Acquire()
    {
        ushort packet = _packets.Take(PacketOwner.Caller);
        if (packet == PacketTable.None)
            _nic.AwaitRoom();
        return packet;
    }

    /// <summary>
    /// Sends the payload that the caller has put into its packet. Echo sockets: an ICMP echo request, header and data; identifier and
    /// checksum are put in here. What is pending on the socket (ConnectionRefused, HostUnreachable) is reported instead, once.
    /// </summary>
    /// <param name="socket">BadHandle if it is not open.</param>
    /// <param name="packet">InvalidArgument if it is not the caller's.</param>
    /// <param name="payloadLength">Bytes, at most <see cref="PacketLayout.MaximumUdpPayload"/>, else MessageTooLong.</param>
    /// <param name="endpoint">Where to; 0 for the connected endpoint, DestinationRequired if there is none.</param>
    /// <param name="nextPacket">What the caller owns now: another packet, NoPacket, or on failure the same packet.</param>
    /// <returns>Also NoBufferSpace if the driver's ring is full, PeerGone if it is dead.</returns>
    public Status Send(int socket, ushort packet, ushort payloadLength, ulong endpoint, out ushort nextPacket)
    {
        Socket[] sockets = _sockets.All;
        bool isPlain = (uint)socket < (uint)sockets.Length && sockets[socket].IsPrimed && _sent is null
            && endpoint == 0 && payloadLength <= PacketLayout.MaximumUdpPayload;
        if (!isPlain)
            return SendUnprepared(socket, packet, payloadLength, endpoint, out nextPacket);
        if (!_packets.Move(packet, PacketOwner.Caller, PacketOwner.Transmit))
        {
            nextPacket = PacketTable.None;
            return Status.InvalidArgument;
        }
        Span<byte> buffer = _packets.Bytes(packet);
        sockets[socket].Header.Write(buffer, payloadLength, _identification++);
        if (_nic.UdpOptions == TransmitOptions.None)
            FrameOutput.CompleteChecksum(buffer, payloadLength);
        Status status = _nic.Transmit(packet, UdpHeaderTemplate.HeadersSize + payloadLength, _nic.UdpOptions);
        if (status != Status.Ok)
        {
            nextPacket = Recover(packet);
            return status;
        }
        nextPacket = _packets.Take(PacketOwner.Caller);
        return Status.Ok;
    }

    /// <summary>
    /// The oldest datagram that came for a socket: its packet is the caller's until <see cref="Release"/>. WouldBlock if there is
    /// none; what is pending on the socket is reported first, once.
    /// </summary>
    /// <param name="socket">BadHandle if it is not open.</param>
    /// <param name="packet">NoPacket unless Ok.</param>
    /// <param name="extent">Offset of the payload in bits 15:0, its length in 31:16. Echo sockets: from the ICMP header on.</param>
    /// <param name="from">Endpoint of the sender.</param>
    public Status Receive(int socket, out ushort packet, out uint extent, out ulong from)
    {
        packet = PacketTable.None;
        extent = 0;
        from = 0;
        Socket? receiving = _sockets.Find(socket);
        if (receiving is null)
            return Status.BadHandle;
        if (receiving.Received.IsEmpty)
            Poll();
        Status error = receiving.TakeError();
        if (error != Status.Ok)
            return error;
        if (receiving.Received.IsEmpty)
            return Status.WouldBlock;
        packet = _sockets.TakeReceived(receiving);
        _packets.Give(packet, PacketOwner.Caller);
        extent = _packets.ExtentOf(packet);
        from = _packets.SenderOf(packet);
        return Status.Ok;
    }

    /// <summary>Takes back a packet of the caller, received or acquired. InvalidArgument if it is not the caller's.</summary>
    public Status Release(ushort packet)
    {
        if (!_packets.FreeFrom(packet, PacketOwner.Caller))
            return Status.InvalidArgument;
        _nic.Replenish();
        return Status.Ok;
    }

    /// <summary>What became of the frames of a socket: see <see cref="NetOperation.Outcome"/>. BadHandle if it is not open.</summary>
    public Status Outcome(int socket)
    {
        Socket? asking = _sockets.Find(socket);
        if (asking is null)
            return Status.BadHandle;
        if (asking.InFlight != 0)
            return Status.WouldBlock;
        bool hasLost = asking.HasLost;
        asking.HasLost = false;
        return hasLost ? Status.IoError : Status.Ok;
    }

    /// <summary>The driver is gone, and its device reset: the packets it had are ours again.</summary>
    public void OnDriverLost() => _nic.OnDriverLost();

    /// <summary>Another driver has been started, and the link to it answers: it gets receive buffers. PeerGone.</summary>
    public Status OnDriverRestarted()
    {
        Statistics.Restarts++;
        return _nic.LendAgain();
    }

    /// <summary>A counter of the driver, or of ours; 0 for one that does not exist.</summary>
    public ulong ReadCounter(NicCounter counter)
        => counter < NicCounter.Aborted ? _nic.ReadCounter(counter) : Statistics.Read(counter);

    /// <summary>Our address and the socket's port (0 if it has none yet); 0 for a socket that is not open.</summary>
    public ulong LocalEndpoint(int socket)
        => _sockets.Find(socket) is { } open ? NetProtocol.Endpoint(_configuration.Address, open.LocalPort) : 0;

    /// <summary>Does what is due: asks for next hops again, or gives them up. To be called now and then, when a time-out ends.</summary>
    public void Poll()
    {
        _resolver.Poll();
        _reassembler.Poll();
        _nic.Retry();
    }

    /// <summary>How many packets an owner has; the sum over all owners is the pool's count. Slow: for tests and reports.</summary>
    public int CountPackets(PacketOwner owner) => _packets.CountOf(owner);

    public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome) => _nic.OnTransmitted(packet.Value, outcome);

    public void OnReceived(PacketIndex packet, ushort length) => _nic.OnReceived(packet.Value, length);

    public void OnLinkChange(bool isUp) => _nic.OnLinkChange(isUp);

    // Everything but the plain case: an error to report, a destination of its own, an echo request.
    private Status SendUnprepared(int socket, ushort packet, ushort length, ulong endpoint, out ushort nextPacket)
    {
        nextPacket = PacketTable.None;
        if (!_packets.Belongs(packet, PacketOwner.Caller))
            return Status.InvalidArgument;
        nextPacket = packet;
        Socket? sending = _sockets.Find(socket);
        if (sending is null)
            return Status.BadHandle;
        Status status = sending.TakeError();
        if (status == Status.Ok)
            status = ExamineSend(sending, packet, length, ref endpoint);
        if (status != Status.Ok)
            return status;
        if (!_configuration.TryNextHop(NetProtocol.AddressOf(endpoint), out uint hop))
            return Status.NetworkUnreachable;
        status = Resolve(sending, hop, out ulong station);
        if (status != Status.Ok && status != Status.WouldBlock)
            return status;
        int frameLength = _output.Write(sending, _packets.Bytes(packet), length, station, endpoint, _identification++);
        TransmitOptions options = sending.Kind == SocketKind.Datagram ? _nic.UdpOptions : TransmitOptions.None;
        if (status == Status.WouldBlock)
        {
            status = _waiters.Hold(packet, frameLength, options, hop, socket);
            if (status == Status.Ok)
                _sent?.Add(packet, socket);
            else
                _nic.AwaitRoom();
        }
        else
        {
            _packets.Give(packet, PacketOwner.Transmit);
            _sent?.Add(packet, socket);
            status = _nic.Transmit(packet, frameLength, options);
            if (status != Status.Ok)
                nextPacket = Recover(packet);
        }
        if (status == Status.Ok)
            nextPacket = _packets.Take(PacketOwner.Caller);
        return status;
    }

    // What the driver refused is the caller's again, unless the driver has given it back all the same: then another one is.
    private ushort Recover(ushort packet)
    {
        _sent?.Remove(packet);
        return _packets.Move(packet, PacketOwner.Transmit, PacketOwner.Caller) ? packet : _packets.Take(PacketOwner.Caller);
    }

    private Status ExamineSend(Socket socket, ushort packet, int length, ref ulong endpoint)
    {
        if (endpoint == 0)
            endpoint = socket.Remote;
        if (endpoint == 0)
            return Status.DestinationRequired;
        Status status = FrameOutput.Examine(socket.Kind, _packets.Bytes(packet), length);
        return status == Status.Ok && !IsDestination(socket.Kind, endpoint) ? Status.InvalidArgument : status;
    }

    // A socket that speaks first gets a port on the way.
    private Status Resolve(Socket socket, uint hop, out ulong station)
    {
        if (socket.LocalPort == 0)
            _sockets.Bind(socket, 0);
        return _resolver.Resolve(hop, out station);
    }

    private static bool IsDestination(SocketKind kind, ulong endpoint)
        => endpoint >> EndpointBits == 0 && (kind == SocketKind.Echo || NetProtocol.PortOf(endpoint) != 0);
}
