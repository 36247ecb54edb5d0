// A network stack inside the kernel: the socket layer calls it. Side by side with: microkernel/RemoteSockets.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;
using RingOS.Net;

namespace RingOS.Kernel.Placement;

/// <summary>Every operation is a plain call.</summary>
public sealed class LocalSockets(PacketPool packets, Scheduler scheduler) : SocketLayer, INetworkUser
{
    private readonly ThreadQueue _waiters = new();

    /// <summary>The stack; set once, because it is made with this as its user.</summary>
    public NetworkStack Stack { get; set; } = null!;

    public override PacketPool Packets { get; } = packets;

    public override bool OffloadsChecksum => Stack.OffloadsUdpChecksum;

    public override ulong CallerPackets => (ulong)Stack.CountPackets(PacketOwner.Caller);

    public override Status Open(SocketKind kind, out int socket, out ushort packet)
    {
        Status status = Stack.Open(kind, out socket);
        packet = status == Status.Ok ? Stack.Acquire() : (ushort)NetProtocol.NoPacket;
        return status;
    }

    public override void Close(int socket, ushort packet) => _ = Stack.Close(socket, packet); // both are ours, so it cannot fail

    public override Status Bind(int socket, ulong endpoint) => Stack.Bind(socket, endpoint);

    public override Status Connect(int socket, ulong endpoint) => Stack.Connect(socket, endpoint);

    public override Status Send(int socket, ushort packet, ushort length, ulong endpoint, out ushort next)
        => Stack.Send(socket, packet, length, endpoint, out next);

    public override ushort Acquire(int socket) => Stack.Acquire();

    public override Status Receive(int socket, out ushort packet, out uint offsetAndLength, out ulong from)
        => Stack.Receive(socket, out packet, out offsetAndLength, out from);

    public override void Release(ushort packet) => _ = Stack.Release(packet); // it was received, so it is ours

    public override Status Outcome(int socket) => Stack.Outcome(socket);

    public override ulong LocalEndpoint(int socket) => Stack.LocalEndpoint(socket);

    public override Status ReadCounter(NicCounter counter, out ulong value)
    {
        value = Stack.ReadCounter(counter);
        return Status.Ok;
    }

    public override Status WaitForChange(ulong deadline) => scheduler.BlockIn(_waiters, deadline);

    /// <summary>Wakes everybody; who finds nothing waits again.</summary>
    public void OnSocketReady(int socket) => WakeAll();

    public void OnRoom() => WakeAll();

    protected override void WakeAll()
    {
        while (_waiters.First is { } waiter)
            scheduler.Wake(waiter, Status.Ok);
    }
}
