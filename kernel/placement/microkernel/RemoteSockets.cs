// A network stack in another process: the socket layer sends it messages. Side by side with: ../LocalSockets.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>Every operation is a synchronous message (<see cref="NetOperation"/>). Packets travel by number, their bytes never.</summary>
public sealed class RemoteSockets : SocketLayer, ISilenceObserver, IProcessObserver
{
    private readonly Nucleus _nucleus;
    private readonly KernelCall _call;
    private readonly SignalTarget _signal;
    private bool _offloadsChecksum;

    public RemoteSockets(Nucleus nucleus, PacketPool packets, Endpoint stack)
    {
        _nucleus = nucleus;
        Packets = packets;
        _call = new KernelCall(nucleus.Scheduler, stack, this);
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
        Status status = _call.Invoke(NetProtocol.Request(NetOperation.Send, socket), packet, length, endpoint);
        next = IsDown ? (ushort)NetProtocol.NoPacket : (ushort)_call.ReplyWord1;
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
        Status status = Invoke(NetOperation.ReadCounter, 0, (ulong)counter);
        value = _call.ReplyWord1;
        return status;
    }

    public override Status WaitForChange(ulong deadline) => _signal.Wait(deadline);

    public void OnSilent()
    {
        _nucleus.Log.Error("network service missed its deadline: the network is down").End();
        GoDown();
    }

    /// <summary>The network service died.</summary>
    public void OnProcessEnded(Process process) => GoDown();

    protected override void WakeAll() => _signal.Signal(1);

    private Status Invoke(NetOperation operation, int socket, ulong word1)
        => _call.Invoke(NetProtocol.Request(operation, socket), word1, 0, 0);
}
