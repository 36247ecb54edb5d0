// All sockets that programs can have open, made at boot. Back to: SocketLayer.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Sockets;

/// <summary>The sockets of one network stack.</summary>
public sealed class SocketPool : IStackObserver
{
    private const int Count = NetProtocol.Sockets;

    private readonly Socket[] _sockets = new Socket[Count];

    public SocketPool(SocketLayer layer, UserMemory memory, Scheduler scheduler)
    {
        Layer = layer;
        layer.Observer = this;
        for (int i = 0; i < Count; i++)
            _sockets[i] = new Socket(layer, memory, scheduler);
    }

    public SocketLayer Layer { get; }

    /// <summary>Sockets that are open, of all programs together.</summary>
    public int OpenCount
    {
        get
        {
            int count = 0;
            foreach (Socket socket in _sockets)
                count += socket.IsOpen ? 1 : 0;
            return count;
        }
    }

    /// <summary>Opens a socket in the stack. NoBufferSpace when all are open.</summary>
    public Status Open(SocketKind kind, out Socket? socket)
    {
        socket = TakeClosed();
        if (socket is null)
            return Status.NoBufferSpace;
        socket.Reserve(); // the stack may be asked by message: another program must not take this socket meanwhile
        Status status = Layer.Open(kind, out int number, out ushort packet);
        if (status == Status.Ok)
            socket.Attach(number, packet);
        else
            socket.Abandon();
        return status;
    }

    public void OnStackLost()
    {
        foreach (Socket socket in _sockets)
            socket.Reset();
    }

    private Socket? TakeClosed()
    {
        foreach (Socket socket in _sockets)
        {
            if (!socket.IsOpen)
                return socket;
        }
        return null;
    }
}
