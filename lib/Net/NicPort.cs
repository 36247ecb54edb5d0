// Our end of the link to the driver: what it holds, what it reports, what it is believed. Next: FrameOutput.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Net;

/// <summary>
/// Lends packets to the driver and takes them back. The driver may live in another domain and lie: every report is checked against
/// <see cref="PacketTable"/>. Reports may come while a call to the link has not returned yet; frames that arrive then wait until it
/// has, so that the stack never calls the link from inside the link.
/// </summary>
internal sealed class NicPort
{
    // A driver that answers every lent buffer with a frame at once must not keep us here for ever.
    private const int ArrivalsPerCall = 64;

    private readonly INicLink _link;
    private readonly PacketTable _packets;
    private readonly NetworkStatistics _statistics;
    private readonly INetworkUser _user;
    private readonly PacketQueue _arrivals;
    private int _arrivalCount;

    private ulong _completed; // frames the driver has reported on
    private bool _isRoomWanted; // somebody was refused, and has not been told yet that there is room

    // Calls to the link that have not returned, and frames being handled.
    private int _depth;

    // Buffers the driver should have and has not: for want of a free packet, and because it refused.
    private int _receiveMissing;
    private int _receiveRefused;

    public NicPort(INicLink link, PacketTable packets, NetworkStatistics statistics, INetworkUser user)
    {
        _link = link;
        _packets = packets;
        _statistics = statistics;
        _user = user;
        _arrivals = new PacketQueue(PacketQueue.CapacityFor(packets.Count));
    }

    /// <summary>Who wants to know what became of frames, or null; set once by the stack.</summary>
    public SentFrames? Sent { get; set; }

    /// <summary>Where frames go; set once by the stack.</summary>
    public FrameInput? Input { get; set; }

    /// <summary>Our station address; valid after <see cref="Start"/>.</summary>
    public ulong MacAddress { get; private set; }

    /// <summary>How to send a datagram whose checksum field holds the pseudo-header's sum: None means that we complete it.</summary>
    public TransmitOptions UdpOptions { get; private set; }

    public bool IsLinkUp { get; private set; }

    /// <summary>Asks the driver what it is and lends it its first receive buffers, or as many as it takes. PeerGone.</summary>
    public Status Start(int receiveBuffers, bool mayOffload)
    {
        MacAddress = _link.MacAddress;
        bool completes = mayOffload && (_link.Capabilities & NicCapabilities.UdpChecksum) != 0;
        UdpOptions = completes ? TransmitOptions.CompleteUdpChecksum : TransmitOptions.None;
        _receiveMissing = receiveBuffers;
        Status status = LendMissing();
        HandleArrivals();
        return status == Status.NoBufferSpace ? Status.Ok : status;
    }

    /// <summary>
    /// Hands a complete frame to the driver; the packet is marked as the driver's already, for it may come back at any moment. If
    /// that fails the packet is still marked so, unless the driver gave it back all the same; the caller moves it on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status Transmit(ushort packet, int length, TransmitOptions options)
    {
        ulong completed = _completed;
        _depth++;
        Status status = _link.Transmit(new PacketIndex(packet), (ushort)length, options);
        _depth--;
        if (status == Status.NoBufferSpace)
            status = TransmitAgain(packet, length, options, completed);
        if (_arrivalCount != 0)
            HandleArrivals();
        return status;
    }

    /// <summary>Somebody was refused for want of room: the user is told when a frame comes back.</summary>
    public void AwaitRoom() => _isRoomWanted = true;

    /// <summary>There is room again, though no frame came back: whoever was refused is told.</summary>
    public void OnRoomMade()
    {
        if (_isRoomWanted)
            TellOfRoom();
    }

    /// <summary>As <see cref="Transmit"/>, for a frame that nobody keeps if it cannot be sent.</summary>
    public Status TransmitOrFree(ushort packet, int length, TransmitOptions options)
    {
        _packets.Give(packet, PacketOwner.Transmit);
        Status status = Transmit(packet, length, options);
        if (status != Status.Ok && _packets.FreeFrom(packet, PacketOwner.Transmit))
            Sent?.OnTransmitted(packet, TransmitOutcome.Aborted);
        return status;
    }

    public ulong ReadCounter(NicCounter counter)
    {
        _depth++;
        ulong value = _link.ReadCounter(counter);
        _depth--;
        HandleArrivals();
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTransmitted(ushort packet, TransmitOutcome outcome)
    {
        if (!_packets.FreeFrom(packet, PacketOwner.Transmit))
        {
            OnUnknown(packet, outcome);
            return;
        }
        if (outcome != TransmitOutcome.Sent)
            _statistics.FramesNotSent++;
        Sent?.OnTransmitted(packet, outcome);
        _completed++;
        if (_isRoomWanted)
            TellOfRoom();
        if (_receiveMissing != 0)
            Replenish();
    }

    // A buffer lent for reception that the driver does not take after all; anything else it had no right to report.
    private void OnUnknown(ushort packet, TransmitOutcome outcome)
    {
        if (outcome == TransmitOutcome.Aborted && _packets.FreeFrom(packet, PacketOwner.Receive))
            _receiveRefused++;
        else
            _statistics.DriverReportsRefused++;
    }

    /// <summary>The driver is gone: what it had is free again.</summary>
    public void OnDriverLost()
    {
        for (int number = 0; number < _packets.Count; number++)
        {
            ushort packet = (ushort)number;
            if (_packets.FreeFrom(packet, PacketOwner.Transmit))
                Abort(packet);
            else if (_packets.FreeFrom(packet, PacketOwner.Receive))
                LoseBuffer();
        }
        if (_isRoomWanted)
            TellOfRoom();
    }

    /// <summary>Another driver gets what the last one had. Also while a call to the last one has not returned yet.</summary>
    public Status LendAgain()
    {
        _receiveMissing += _receiveRefused;
        _receiveRefused = 0;
        Status status = LendMissing();
        HandleArrivals();
        return status == Status.NoBufferSpace ? Status.Ok : status;
    }

    // What comes back while the driver is being asked makes room that nobody would be told of: then it is asked again. So a refusal
    // says that there was no room, and that whoever waits for some will hear of it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Status TransmitAgain(ushort packet, int length, TransmitOptions options, ulong completed)
    {
        for (int turn = 0; turn < _packets.Count && completed != _completed && _packets.Belongs(packet, PacketOwner.Transmit); turn++)
        {
            completed = _completed;
            _depth++;
            Status status = _link.Transmit(new PacketIndex(packet), (ushort)length, options);
            _depth--;
            if (status != Status.NoBufferSpace)
                return status;
        }
        AwaitRoom();
        return Status.NoBufferSpace;
    }

    private void TellOfRoom()
    {
        _isRoomWanted = false;
        _user.OnRoom();
    }

    private void Abort(ushort packet)
    {
        _completed++;
        _statistics.Aborted++;
        Sent?.OnTransmitted(packet, TransmitOutcome.Aborted);
    }

    private void LoseBuffer()
    {
        _statistics.Aborted++;
        _receiveMissing++;
    }

    public void OnReceived(ushort packet, int length)
    {
        if (!_packets.Belongs(packet, PacketOwner.Receive))
        {
            _statistics.DriverReportsRefused++;
            return;
        }
        _receiveMissing++;
        if (length < EthernetHeader.Size || length > PacketLayout.BufferSize - PacketLayout.FrameOffset)
        {
            _statistics.DriverReportsRefused++;
            _packets.Free(packet);
            Replenish();
            return;
        }
        _packets.Give(packet, PacketOwner.Arrived);
        _packets.Describe(packet, PacketLayout.FrameOffset, length, 0);
        _arrivals.Add(packet);
        _arrivalCount++;
        HandleArrivals();
    }

    public void OnLinkChange(bool isUp) => IsLinkUp = isUp;

    /// <summary>Lends the driver what it lacks, as far as there are free packets. To be called after packets became free.</summary>
    public void Replenish()
    {
        if (_depth != 0 || _receiveMissing == 0)
            return;
        LendMissing();
        HandleArrivals();
    }

    /// <summary>Tries once more what the driver refused, and handles what a flood of frames left behind.</summary>
    public void Retry()
    {
        _receiveMissing += _receiveRefused;
        _receiveRefused = 0;
        HandleArrivals();
        Replenish();
    }

    private void HandleArrivals()
    {
        if (_depth != 0 || Input is null)
            return;
        _depth++;
        for (int handled = 0; handled < ArrivalsPerCall && _arrivalCount != 0; handled++)
        {
            _arrivalCount--;
            ushort packet = _arrivals.Take();
            if (!Input.Handle(packet, (int)(_packets.ExtentOf(packet) >> 16)))
                _packets.Free(packet);
            LendMissing();
        }
        _depth--;
    }

    // Lends while the driver takes: Ok, or why it did not. Then it gets no more until Retry, so that a full ring costs nothing
    // on every completion.
    private Status LendMissing()
    {
        Status status = Status.Ok;
        _depth++;
        while (_receiveMissing != 0 && status == Status.Ok)
        {
            ushort packet = _packets.Take(PacketOwner.Receive);
            if (packet == PacketTable.None)
                break;
            _receiveMissing--;
            status = _link.LendReceive(new PacketIndex(packet));
            if (status != Status.Ok)
                TakeBack(packet);
        }
        _depth--;
        return status;
    }

    private void TakeBack(ushort packet)
    {
        if (_packets.FreeFrom(packet, PacketOwner.Receive))
            _receiveMissing++;
        _receiveRefused += _receiveMissing;
        _receiveMissing = 0;
    }
}
