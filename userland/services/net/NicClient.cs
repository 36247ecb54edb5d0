// The way from the network service to the NIC service. Side by side with: kernel/placement/links/MessageLink.cs. Next: SocketSignal.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Net;
using RingOS.User;

namespace RingOS.NetService;

/// <summary>Calls the NIC service for every frame or every batch; looks for events after every call.</summary>
/// <param name="events">The service's way up.</param>
/// <param name="requests">Where batches are collected.</param>
/// <param name="batch">Frames to be handed over at a time, at least 1.</param>
internal sealed class NicClient(EventRingConsumer events, RequestRingProducer requests, int batch) : INicLink
{
    private readonly Endpoint _nic = new(WellKnownHandle.NicEndpoint);
    private MessageRegisters _message;
    private bool _hasFailed;

    /// <summary>Who gets the events; set once, because the stack is made with this link.</summary>
    public INicEvents Stack { get; set; } = null!;

    /// <summary>There is no driver at the other end, or none that answers.</summary>
    public bool HasFailed => _hasFailed;

    public ulong MacAddress { get; private set; }

    public NicCapabilities Capabilities { get; private set; }

    /// <summary>Asks the service what it drives; it answers when its device is up.</summary>
    public Status Describe()
    {
        Status status = Call(NicOperation.Describe, 0, 0, 0);
        MacAddress = _message.Word1;
        Capabilities = (NicCapabilities)_message.Word2;
        return status;
    }

    /// <summary>Another driver is at the other end, and the rings have been cleared.</summary>
    public Status Restart()
    {
        _hasFailed = false;
        events.Restart();
        requests.Restart();
        return Describe();
    }

    public Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (batch > 1)
            return TransmitLater(packet, length, options);
        Status status = Call(NicOperation.Transmit, packet.Value, length, (ulong)options);
        events.Drain(Stack);
        return status;
    }

    public Status LendReceive(PacketIndex packet)
    {
        Status status = Call(NicOperation.LendReceive, packet.Value, 0, 0);
        events.Drain(Stack);
        return status;
    }

    public ulong ReadCounter(NicCounter counter)
    {
        ulong value = Call(NicOperation.ReadCounter, (ulong)counter, 0, 0) == Status.Ok ? _message.Word1 : 0;
        events.Drain(Stack);
        return value;
    }

    public void Drain() => events.Drain(Stack);

    /// <summary>What was collected goes down, however little it is; the service also looks at its device.</summary>
    public Status HandOver()
    {
        requests.Publish();
        Status status = Call(NicOperation.Serve, 0, 0, 0);
        events.Drain(Stack);
        return status;
    }

    private Status TransmitLater(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (_hasFailed)
            return Status.PeerGone;
        Status status = requests.Add(RequestRing.Pack(NicOperation.Transmit, packet.Value, length, options));
        return status == Status.Ok && requests.Added >= batch ? HandOver() : status;
    }

    // A service that has died or fallen silent is not asked again; whatever is no status, it had no right to answer.
    private Status Call(NicOperation operation, ulong word1, ulong word2, ulong word3)
    {
        if (_hasFailed)
            return Status.PeerGone;
        _message.Word0 = (ulong)operation;
        _message.Word1 = word1;
        _message.Word2 = word2;
        _message.Word3 = word3;
        Status status = _nic.Call(ref _message);
        _hasFailed = status != Status.Ok;
        if (_hasFailed)
            return Status.PeerGone;
        return _message.Word0 <= (ulong)Status.PeerGone ? (Status)(int)_message.Word0 : Status.IoError;
    }
}
