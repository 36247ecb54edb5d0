// What the kernel's sockets need of a network stack, wherever that is placed. Verbs: lib/Abi/NetProtocol.cs. Next: Socket.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Sockets;

/// <summary>Who has sockets of a stack that may be lost.</summary>
public interface IStackObserver
{
    /// <summary>All sockets of the stack have died with it.</summary>
    void OnStackLost();
}

/// <summary>
/// One network stack as seen by syscalls. The kernel fills packets of <see cref="Packets"/> and passes them down by number. No
/// method blocks for the network: WouldBlock means wait with <see cref="WaitForChange"/> and ask again. Any method may answer
/// PeerGone when the stack, or the driver below it, is gone.
/// </summary>
public abstract class SocketLayer
{
    public abstract PacketPool Packets { get; }

    /// <summary>The NIC completes UDP checksums; otherwise the stack computes them.</summary>
    public abstract bool OffloadsChecksum { get; }

    /// <summary>Packets that sockets have at the moment; 0 where only the stack's own process knows.</summary>
    public virtual ulong CallerPackets => 0;

    public abstract Status Open(SocketKind kind, out int socket, out ushort packet);

    public abstract void Close(int socket, ushort packet);

    public abstract Status Bind(int socket, ulong endpoint);

    public abstract Status Connect(int socket, ulong endpoint);

    /// <summary>Passes a filled packet down. Whatever the outcome, <paramref name="next"/> is the packet to fill next, or NoPacket.</summary>
    public abstract Status Send(int socket, ushort packet, ushort length, ulong endpoint, out ushort next);

    public abstract ushort Acquire(int socket);

    /// <summary>Takes a received packet; its payload lies at the given offset. It goes back by <see cref="Release"/>.</summary>
    public abstract Status Receive(int socket, out ushort packet, out uint offsetAndLength, out ulong from);

    public abstract void Release(ushort packet);

    public abstract ulong LocalEndpoint(int socket);

    public abstract Status ReadCounter(NicCounter counter, out ulong value);

    /// <summary>The stack, or the driver below it, has died or fallen silent: nothing will ever arrive again.</summary>
    public bool IsDown { get; private set; }

    /// <summary>A supervisor starts a dead driver or stack anew: what cannot be sent now may be sent soon.</summary>
    public bool IsSupervised { get; set; }

    /// <summary>write() waits until the NIC has reported on its frame (<see cref="Outcome"/>).</summary>
    public bool WaitsForOutcome { get; init; }

    /// <summary>What a program is told when the stack, or the driver below it, is gone.</summary>
    public Status Absence => _isAbandoned ? Status.NetworkDown : IsSupervised && !IsDown ? Status.NoBufferSpace : Status.IoError;

    private bool _isAbandoned;

    /// <summary>The supervisor has given the driver up.</summary>
    public void Abandon()
    {
        _isAbandoned = true;
        GoDown();
    }

    /// <summary>
    /// What became of what was sent on a socket: WouldBlock while the driver still has a frame of it, IoError, once, if one was lost.
    /// </summary>
    public abstract Status Outcome(int socket);

    /// <summary>Told when sockets die.</summary>
    public IStackObserver? Observer { get; set; }

    /// <summary>The stack is gone; another may come. Whoever waits for something of the old one is woken.</summary>
    protected void LoseSockets()
    {
        Observer?.OnStackLost();
        WakeAll();
    }

    /// <summary>Says so, and wakes whoever waits.</summary>
    public void GoDown()
    {
        IsDown = true;
        WakeAll();
    }

    /// <summary>Ends every <see cref="WaitForChange"/>.</summary>
    protected abstract void WakeAll();

    /// <summary>Blocks the running thread until something may have changed for a socket, or the deadline passes. Interrupted: it is to leave the kernel.</summary>
    public abstract Status WaitForChange(ulong deadline);
}
