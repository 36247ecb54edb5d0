// Datagram and echo sockets over IPv4. Next: Clock.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>A socket. Calls return -1 on failure, and <see cref="Errno.Last"/> says why.</summary>
public sealed class Socket
{
    // More than answers can be on their way at once: a failure that comes so often is the socket's.
    private const int MostReports = 1000;

    private readonly int _handle;

    private Socket(int handle) => _handle = handle;

    /// <summary>A new socket, or null.</summary>
    public static Socket? Open(SocketKind kind)
    {
        long handle = Errno.Check(Syscall.Socket(kind));
        return handle < 0 ? null : new Socket((int)handle);
    }

    /// <summary>Takes a local address; address 0 is any, port 0 a free one.</summary>
    public int Bind(uint address, ushort port)
    {
        SocketAddress local = Endpoint(address, port);
        return (int)Errno.Check(Syscall.Bind(_handle, ref local));
    }

    /// <summary>Sets the peer and resolves its next hop before it returns.</summary>
    public int Connect(uint address, ushort port)
    {
        SocketAddress remote = Endpoint(address, port);
        return (int)Errno.Check(Syscall.Connect(_handle, ref remote));
    }

    /// <summary>Sends one datagram to the connected peer.</summary>
    /// <returns>Its length, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Write(ReadOnlySpan<byte> payload) => Errno.Check(Syscall.Write(_handle, payload));

    /// <summary>Sends one datagram to an address.</summary>
    /// <returns>Its length, or -1.</returns>
    public long SendTo(ReadOnlySpan<byte> payload, uint address, ushort port)
    {
        SocketAddress remote = Endpoint(address, port);
        return SendTo(payload, ref remote);
    }

    /// <summary>Sends one datagram to where another came from.</summary>
    /// <returns>Its length, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long SendTo(ReadOnlySpan<byte> payload, ref SocketAddress to) => Errno.Check(Syscall.SendTo(_handle, payload, ref to));

    /// <summary>Waits for one datagram.</summary>
    /// <param name="payload">Filled; what does not fit is lost.</param>
    /// <param name="timeoutNanoseconds">0 waits for ever.</param>
    /// <param name="from">The sender.</param>
    /// <returns>Bytes, or -1 with TimedOut or WouldBlock if nothing came in time.</returns>
    public long Receive(Span<byte> payload, ulong timeoutNanoseconds, ref SocketAddress from)
        => SetReceiveTimeout(timeoutNanoseconds) < 0 ? -1 : Receive(payload, ref from);

    /// <summary>The same with the time-out set before: one system call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Receive(Span<byte> payload, ref SocketAddress from) => Errno.Check(Syscall.ReceiveFrom(_handle, payload, ref from));

    /// <summary>The same for a server: what is reported of its earlier answers is passed over, unless nothing else comes any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReceiveNext(Span<byte> payload, ref SocketAddress from)
    {
        long length = Receive(payload, ref from);
        return length >= 0 ? length : ReceiveAgain(payload, ref from);
    }

    private long ReceiveAgain(Span<byte> payload, ref SocketAddress from)
    {
        long length = -1;
        for (int reports = 0; length < 0 && reports < MostReports && Errno.IsOfEarlierDatagram(Errno.Last); reports++)
            length = Receive(payload, ref from);
        return length;
    }

    /// <summary>How long to wait for a datagram from now on; 0 waits for ever.</summary>
    public int SetReceiveTimeout(ulong nanoseconds)
        => (int)Errno.Check(Syscall.Ioctl(_handle, IoctlRequest.SetReceiveTimeout, nanoseconds));

    /// <summary>What a write does when the transmit queue is full; without this it fails with NoBufferSpace.</summary>
    public int SetQueuePolicy(QueuePolicy policy) => (int)Errno.Check(Syscall.Ioctl(_handle, IoctlRequest.SetQueuePolicy, (ulong)policy));

    /// <summary>The local address and port, as chosen by Connect or Bind.</summary>
    public int GetLocalAddress(ref SocketAddress local)
        => (int)Errno.Check(Syscall.Ioctl(_handle, IoctlRequest.GetLocalAddress, ref local));

    public int Close() => (int)Errno.Check(Syscall.Close(_handle));

    private static SocketAddress Endpoint(uint address, ushort port) => new() { Address = address, Port = port, Reserved = 0 };
}
