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
    public static long Check(long result) => result >= 0 ? result : Fail(result);

    [MethodImpl(MethodImplOptions.NoInlining)] // keeps the way of success short
    private static long Fail(long result)
    {
        Last = (Status)(-result);
        return -1;
    }

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
        Status.NoBufferSpace => "No buffer space available"u8,
        Status.NotConnected => "Transport endpoint is not connected"u8,
        Status.TimedOut => "Connection timed out"u8,
        Status.ConnectionRefused => "Connection refused"u8,
        Status.HostUnreachable => "No route to host"u8,
        Status.PeerGone => "Service is gone"u8,
        _ => "Unknown error"u8,
    };
}
