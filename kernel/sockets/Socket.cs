// A socket as a kernel object: write() turns into one copy and one Send. Next: SocketLayer.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Sockets;

/// <summary>One socket of a program. It always holds one packet ready to be filled, so that write() needs no allocation.</summary>
public sealed class Socket(SocketLayer layer, UserMemory memory, Scheduler scheduler) : KernelObject
{
    private const ulong ConnectNanoseconds = 5_000_000_000;
    private const ulong OutcomeNanoseconds = 5_000_000_000;
    private const ulong RoomNanoseconds = 5_000_000_000;
    private const ulong RetryNanoseconds = 250_000_000; // how often who waits gives the stack a chance to ask for a next hop again

    private const int Nowhere = -1; // no stack has such a socket

    private int _number;
    private ushort _packet;
    private ulong _receiveTimeout;
    private QueuePolicy _queuePolicy;
    private bool _isReset;

    /// <summary>Some process has a handle to it.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>It is being opened and nobody else's any more.</summary>
    public void Reserve() => IsOpen = true;

    /// <summary>It could not be opened.</summary>
    public void Abandon() => IsOpen = false;

    /// <summary>Becomes the program's end of a socket of the stack.</summary>
    public void Attach(int number, ushort packet)
    {
        _number = number;
        _packet = packet;
        _receiveTimeout = 0;
        _queuePolicy = QueuePolicy.Fail;
        _isReset = false;
    }

    /// <summary>Its end in the stack is gone with the stack: until it is closed every operation says so. Number and packet are nobody's.</summary>
    public void Reset()
    {
        _number = Nowhere;
        _packet = (ushort)NetProtocol.NoPacket;
        _isReset = true;
    }

    /// <summary>write(): one datagram to the connected peer.</summary>
    public override long Write(Thread caller, ulong buffer, ulong length) => Send(buffer, length, endpoint: 0);

    public override long Read(Thread caller, ulong buffer, ulong length) => Receive(buffer, length, out _);

    /// <summary>Sends one datagram.</summary>
    /// <param name="buffer">User address of the payload.</param>
    /// <param name="length">Bytes; the stack knows how many a socket of its kind takes, and we how many a packet does. MessageTooLong.</param>
    /// <param name="endpoint">Where to, or 0 for the connected peer.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Send(ulong buffer, ulong length, ulong endpoint)
    {
        if (length > PacketLayout.MaximumEchoMessage)
            return -(long)Status.MessageTooLong;
        Status status = TrySend(buffer, length, endpoint);
        if (status == Status.NoBufferSpace && _queuePolicy != QueuePolicy.Fail)
            status = OnQueueFull(buffer, length, endpoint);
        if (status == Status.Ok && layer.WaitsForOutcome)
            status = WaitForOutcome();
        return status == Status.Ok ? (long)length : Failure(status);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Status TrySend(ulong buffer, ulong length, ulong endpoint)
    {
        ushort packet = _packet;
        if (packet == NetProtocol.NoPacket)
        {
            packet = Acquire();
            if (packet == NetProtocol.NoPacket)
                return layer.IsDown || _isReset ? Status.PeerGone : Status.NoBufferSpace;
        }
        nint payload = layer.Packets.AddressOf(new Hardware.PacketIndex(packet), PacketLayout.UdpPayloadOffset);
        if (payload == 0)
            return Status.IoError; // a stack in another domain named a packet that does not exist
        Status status = memory.CopyIn(payload, buffer, length);
        return status == Status.Ok ? layer.Send(_number, packet, (ushort)length, endpoint, out _packet) : status;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // keeps the way of most writes short
    private ushort Acquire()
    {
        if (!_isReset)
            _packet = layer.Acquire(_number);
        return _packet;
    }

    // A refusal means that there was no room when this thread was refused, and the layer wakes it when there is. The payload is copied
    // anew each time: a refused packet may have been changed on its way.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Status OnQueueFull(ulong buffer, ulong length, ulong endpoint)
    {
        if (_queuePolicy == QueuePolicy.Again)
            return Status.WouldBlock;
        ulong deadline = scheduler.After(RoomNanoseconds);
        Status status = Status.NoBufferSpace;
        while (status == Status.NoBufferSpace && scheduler.Now < deadline)
        {
            if (layer.IsDown)
                return Status.PeerGone;
            if (layer.WaitForChange(scheduler.After(RetryNanoseconds)) == Status.Interrupted)
                return Status.Interrupted;
            status = TrySend(buffer, length, endpoint);
        }
        return status;
    }

    // The driver has a deadline for every request, but not the wire: a frame that never completes is one the driver never reports on.
    private Status WaitForOutcome()
    {
        ulong deadline = scheduler.After(OutcomeNanoseconds);
        for (; ; )
        {
            Status status = layer.Outcome(_number);
            if (status != Status.WouldBlock)
                return status;
            if (layer.IsDown || scheduler.Now >= deadline)
                return layer.IsDown ? layer.Absence : Status.IoError;
            if (layer.WaitForChange(deadline) == Status.Interrupted)
                return Status.Interrupted;
        }
    }

    /// <summary>Takes one datagram, waiting for it as long as the socket's time-out says. A longer one is cut.</summary>
    public long Receive(ulong buffer, ulong length, out ulong from)
    {
        from = 0;
        ulong deadline = _receiveTimeout == 0 ? Thread.Never : scheduler.After(_receiveTimeout);
        for (; ; )
        {
            Status status = layer.Receive(_number, out ushort packet, out uint offsetAndLength, out from);
            if (status == Status.Ok)
                return CopyOut(packet, offsetAndLength, buffer, length);
            if (status != Status.WouldBlock)
                return Failure(status);
            if (layer.IsDown)
                return -(long)layer.Absence;
            if (scheduler.Now >= deadline)
                return -(long)Status.WouldBlock; // as Linux with SO_RCVTIMEO
            if (layer.WaitForChange(deadline) == Status.Interrupted)
                return -(long)Status.Interrupted;
        }
    }

    public long Bind(ulong endpoint) => _isReset ? Failure(Status.PeerGone) : Failure(layer.Bind(_number, endpoint));

    /// <summary>Sets the peer and waits until its next hop is known.</summary>
    public long Connect(ulong endpoint)
    {
        ulong deadline = scheduler.After(ConnectNanoseconds);
        for (; ; )
        {
            Status status = layer.Connect(_number, endpoint);
            if (status != Status.WouldBlock)
                return Failure(status);
            if (scheduler.Now >= deadline)
                return -(long)Status.HostUnreachable;
            if (layer.WaitForChange(scheduler.After(RetryNanoseconds)) == Status.Interrupted)
                return -(long)Status.Interrupted;
        }
    }

    public override long Control(Thread caller, IoctlRequest request, ulong argument)
    {
        switch (request)
        {
            case IoctlRequest.SetReceiveTimeout:
                _receiveTimeout = argument;
                return 0;
            case IoctlRequest.SetQueuePolicy:
                return -(long)SetQueuePolicy(argument);
            case IoctlRequest.GetLocalAddress:
                return _isReset ? Failure(Status.PeerGone) : -(long)memory.Write64(argument, layer.LocalEndpoint(_number));
            default:
                return -(long)Status.UnsupportedRequest;
        }
    }

    private Status SetQueuePolicy(ulong policy)
    {
        if (policy > (ulong)QueuePolicy.Again)
            return Status.InvalidArgument;
        _queuePolicy = (QueuePolicy)(int)policy;
        return Status.Ok;
    }

    public override void Close()
    {
        IsOpen = false;
        if (!_isReset)
            layer.Close(_number, _packet);
    }

    // What a program sees of a dead service.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Failure(Status status)
    {
        if (_isReset && !layer.IsDown)
            return -(long)Status.NetworkReset;
        return -(long)(status == Status.PeerGone ? layer.Absence : status);
    }

    private long CopyOut(ushort packet, uint offsetAndLength, ulong buffer, ulong length)
    {
        int offset = (ushort)offsetAndLength;
        ulong available = offsetAndLength >> 16;
        ulong count = available < length ? available : length;
        nint payload = layer.Packets.AddressOf(new Hardware.PacketIndex(packet), offset);
        Status status = payload == 0 || (ulong)offset + available > PacketLayout.BufferSize ? Status.IoError : memory.CopyOut(buffer, payload, count);
        layer.Release(packet);
        return status == Status.Ok ? (long)count : -(long)status;
    }
}
