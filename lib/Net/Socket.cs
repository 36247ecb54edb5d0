// One end of a conversation. Next: SocketTable.cs
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>A UDP or echo socket. Sockets are made at construction of the stack and used again and again.</summary>
internal sealed class Socket
{
    /// <summary>Datagrams a socket keeps until somebody receives them. A power of two.</summary>
    public const int QueueCapacity = 64;

    public SocketKind Kind { get; private set; }

    public bool IsOpen { get; private set; }

    /// <summary>Echo sockets: the identifier of their requests. 0 until bound.</summary>
    public ushort LocalPort { get; set; }

    /// <summary>The endpoint it is connected to, or 0.</summary>
    public ulong Remote { get; private set; }

    /// <summary>The way to <see cref="Remote"/>.</summary>
    public uint NextHop { get; private set; }

    /// <summary>The next hop whose address this socket waits for before it can be connected, or 0.</summary>
    public uint AwaitedHop { get; set; }

    /// <summary>The awaited next hop that was given up, or 0: the next try to connect says so.</summary>
    public uint UnreachableHop { get; set; }

    /// <summary>True if <see cref="Header"/> is ready for the next datagram and nothing else is to be said first.</summary>
    public bool IsPrimed { get; private set; }

    /// <summary>Headers of the connected destination.</summary>
    public UdpHeaderTemplate Header { get; } = new();

    public PacketQueue Received { get; } = new(QueueCapacity);

    /// <summary>Frames the driver has and will report on; counted unless completion is queued.</summary>
    public int InFlight { get; set; }

    /// <summary>A frame was lost, and nobody has been told yet.</summary>
    public bool HasLost { get; set; }

    // What the next operation reports instead of being done, as SO_ERROR.
    private Status _error;

    public void Open(SocketKind kind)
    {
        Kind = kind;
        IsOpen = true;
    }

    /// <summary>The caller has emptied <see cref="Received"/>.</summary>
    public void Close()
    {
        IsOpen = false;
        LocalPort = 0;
        InFlight = 0;
        HasLost = false;
        _error = Status.Ok;
        Disconnect();
    }

    /// <summary>Datagram sockets: the caller has prepared <see cref="Header"/>.</summary>
    public void Connect(ulong remote, uint nextHop)
    {
        Remote = remote;
        NextHop = nextHop;
        _error = Status.Ok;
        Prime();
    }

    public void Disconnect()
    {
        Remote = 0;
        NextHop = 0;
        AwaitedHop = 0;
        UnreachableHop = 0;
        Prime();
    }

    public void Fail(Status error)
    {
        _error = error;
        Prime();
    }

    /// <summary>The pending error, once.</summary>
    public Status TakeError()
    {
        Status error = _error;
        _error = Status.Ok;
        Prime();
        return error;
    }

    private void Prime() => IsPrimed = Kind == SocketKind.Datagram && Remote != 0 && _error == Status.Ok;
}
