// errno: why the last call failed, and the words for it. Numbers: lib/Abi/Status.cs. Next: TextBuffer.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>The last failure. A successful call leaves it as it was.</summary>
public static class Errno
{
    public static Status Last { get; set; }

    /// <summary>Turns the kernel's answer into what programs know: the value, or -1 with <see cref="Last"/> set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Check(long result)
    {
        if (result >= 0)
            return result;
        SetLast(result);
        return -1; // a constant here lets the compiler join this test and the caller's own
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // keeps the way of success short
    private static void SetLast(long result) => Last = (Status)(-result);

    /// <summary>
    /// Whether a failure tells of a datagram sent earlier, and not of the socket: a server goes on after it. IoError is also what a
    /// service that is gone answers, for ever: whoever goes on counts.
    /// </summary>
    public static bool IsOfEarlierDatagram(Status status)
        => status is Status.ConnectionRefused or Status.HostUnreachable or Status.IoError;

    /// <summary>Its name in C: "ENOBUFS"; empty for one that has none here.</summary>
    public static ReadOnlySpan<byte> NameOf(Status status) => status switch
    {
        Status.NotPermitted => "EPERM"u8,
        Status.NoSuchFile => "ENOENT"u8,
        Status.Interrupted => "EINTR"u8,
        Status.IoError => "EIO"u8,
        Status.NotExecutable => "ENOEXEC"u8,
        Status.BadHandle => "EBADF"u8,
        Status.WouldBlock => "EAGAIN"u8,
        Status.NoMemory => "ENOMEM"u8,
        Status.AccessDenied => "EACCES"u8,
        Status.BadAddress => "EFAULT"u8,
        Status.Busy => "EBUSY"u8,
        Status.NoSuchDevice => "ENODEV"u8,
        Status.InvalidArgument => "EINVAL"u8,
        Status.TooManyHandles => "EMFILE"u8,
        Status.UnsupportedRequest => "ENOTTY"u8,
        Status.NoSuchSyscall => "ENOSYS"u8,
        Status.NotSocket => "ENOTSOCK"u8,
        Status.DestinationRequired => "EDESTADDRREQ"u8,
        Status.MessageTooLong => "EMSGSIZE"u8,
        Status.ProtocolNotSupported => "EPROTONOSUPPORT"u8,
        Status.AddressFamilyNotSupported => "EAFNOSUPPORT"u8,
        Status.AddressInUse => "EADDRINUSE"u8,
        Status.AddressNotAvailable => "EADDRNOTAVAIL"u8,
        Status.NetworkDown => "ENETDOWN"u8,
        Status.NetworkReset => "ENETRESET"u8,
        Status.NetworkUnreachable => "ENETUNREACH"u8,
        Status.NoBufferSpace => "ENOBUFS"u8,
        Status.NotConnected => "ENOTCONN"u8,
        Status.TimedOut => "ETIMEDOUT"u8,
        Status.ConnectionRefused => "ECONNREFUSED"u8,
        Status.HostUnreachable => "EHOSTUNREACH"u8,
        Status.PeerGone => "EOWNERDEAD"u8,
        _ => default,
    };

    /// <summary>The words other systems use for it.</summary>
    public static ReadOnlySpan<byte> Describe(Status status) => status switch
    {
        Status.Ok => "Success"u8,
        Status.NotPermitted => "Operation not permitted"u8,
        Status.NoSuchFile => "No such file or directory"u8,
        Status.Interrupted => "Interrupted system call"u8,
        Status.IoError => "Input/output error"u8,
        Status.BadHandle => "Bad file descriptor"u8,
        Status.WouldBlock => "Resource temporarily unavailable"u8,
        Status.NoMemory => "Cannot allocate memory"u8,
        Status.BadAddress => "Bad address"u8,
        Status.NoSuchDevice => "No such device"u8,
        Status.InvalidArgument => "Invalid argument"u8,
        Status.NotSocket => "Socket operation on non-socket"u8,
        Status.DestinationRequired => "Destination address required"u8,
        Status.MessageTooLong => "Message too long"u8,
        Status.ProtocolNotSupported => "Protocol not supported"u8,
        Status.AddressInUse => "Address already in use"u8,
        Status.AddressNotAvailable => "Cannot assign requested address"u8,
        Status.NetworkDown => "Network is down"u8,
        Status.NetworkUnreachable => "Network is unreachable"u8,
        Status.NetworkReset => "Network dropped connection on reset"u8,
        Status.NoBufferSpace => "No buffer space available"u8,
        Status.NotConnected => "Transport endpoint is not connected"u8,
        Status.TimedOut => "Connection timed out"u8,
        Status.ConnectionRefused => "Connection refused"u8,
        Status.HostUnreachable => "No route to host"u8,
        Status.PeerGone => "Service is gone"u8,
        _ => "Unknown error"u8,
    };
}
