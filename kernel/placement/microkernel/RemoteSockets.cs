// A network stack in another process: the socket layer sends it messages. Side by side with: ../LocalSockets.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>Every operation is a synchronous message (<see cref="NetOperation"/>). Packets travel by number, their bytes never.</summary>
public sealed class RemoteSockets : SocketLayer
{
    private readonly KernelCall _call;
    private readonly SignalTarget _signal;
    private bool _offloadsChecksum;
    private int _generation; // services lost so far: what one of them said means nothing to the next
    private ulong _restarts;

    public RemoteSockets(Nucleus nucleus, PacketPool packets, StackDomain stack)
    {
        Packets = packets;
        _call = new KernelCall(nucleus.Scheduler, stack.Endpoint, stack);
        _signal = new SignalTarget(nucleus.Scheduler, nucleus.Threads);
    }

    /// <summary>What the network service signals when a waiting operation is worth another try.</summary>
    public KernelObject Changes => _signal;

    public override PacketPool Packets { get; }

    /// <summary>Valid after <see cref="Describe"/>.</summary>
    public override bool OffloadsChecksum => _offloadsChecksum;

    /// <summary>Waits until the service has started its driver and answers; PeerGone if it does not.</summary>
    public Status Describe()
    {
        Status status = Invoke(NetOperation.Describe, 0, 0);
        _offloadsChecksum = _call.ReplyWord1 != 0;
        return status;
    }

    public override Status Open(SocketKind kind, out int socket, out ushort packet)
    {
        Status status = Invoke(NetOperation.Open, 0, (ulong)kind);
        socket = (int)_call.ReplyWord1;
        packet = status == Status.Ok ? (ushort)_call.ReplyWord2 : (ushort)NetProtocol.NoPacket;
        return status;
    }

    public override void Close(int socket, ushort packet) => _ = Invoke(NetOperation.Close, socket, packet); // a dead stack has closed it

    public override Status Bind(int socket, ulong endpoint) => Invoke(NetOperation.Bind, socket, endpoint);

    public override Status Connect(int socket, ulong endpoint) => Invoke(NetOperation.Connect, socket, endpoint);

    public override Status Send(int socket, ushort packet, ushort length, ulong endpoint, out ushort next)
    {
        int generation = _generation;
        Status status = _call.Invoke(NetProtocol.Request(NetOperation.Send, socket), packet, length, endpoint);
        next = generation == _generation ? (ushort)_call.ReplyWord1 : (ushort)NetProtocol.NoPacket;
        return status;
    }

    public override ushort Acquire(int socket)
        => Invoke(NetOperation.Acquire, socket, 0) == Status.Ok ? (ushort)_call.ReplyWord1 : (ushort)NetProtocol.NoPacket;

    public override Status Receive(int socket, out ushort packet, out uint offsetAndLength, out ulong from)
    {
        Status status = Invoke(NetOperation.Receive, socket, 0);
        packet = (ushort)_call.ReplyWord1;
        offsetAndLength = (uint)_call.ReplyWord2;
        from = _call.ReplyWord3;
        return status;
    }

    public override void Release(ushort packet) => _ = Invoke(NetOperation.Release, 0, packet); // a dead stack has no use for it

    public override Status Outcome(int socket) => Invoke(NetOperation.Outcome, socket, 0);

    public override ulong LocalEndpoint(int socket)
        => Invoke(NetOperation.LocalEndpoint, socket, 0) == Status.Ok ? NetProtocol.Endpoint((uint)_call.ReplyWord1, (ushort)_call.ReplyWord2) : 0;

    public override Status ReadCounter(NicCounter counter, out ulong value)
    {
        value = _restarts;
        if (counter == NicCounter.StackRestarts)
            return Status.Ok;
        Status status = Invoke(NetOperation.ReadCounter, 0, (ulong)counter);
        value = _call.ReplyWord1;
        return status;
    }

    public override Status WaitForChange(ulong deadline) => _signal.Wait(deadline);

    /// <summary>The network service is gone, and with it all its sockets.</summary>
    public void OnStackLost()
    {
        _generation++;
        LoseSockets();
    }

    /// <summary>Another one has been started.</summary>
    public void OnStackStarted()
    {
        _restarts++;
        _call.Reopen();
    }

    protected override void WakeAll() => _signal.Signal(1);

    private Status Invoke(NetOperation operation, int socket, ulong word1)
    {
        int generation = _generation;
        Status status = _call.Invoke(NetProtocol.Request(operation, socket), word1, 0, 0);
        return generation == _generation ? status : Status.PeerGone; // who answered may be gone by now
    }
}
