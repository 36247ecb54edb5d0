// Files of the boot archive and devices. Next: Socket.cs
using System;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>open, read, write, ioctl, close: a negative result means failure, and <see cref="Errno.Last"/> says why.</summary>
public static class Files
{
    /// <summary>Opens "/dev/console", "/dev/nic", "/dev/kernel" or a file of the boot archive.</summary>
    /// <returns>A handle, or -1.</returns>
    public static int Open(ReadOnlySpan<byte> path) => (int)Errno.Check(Syscall.Open(path));

    /// <returns>Bytes read, 0 at the end, or -1.</returns>
    public static long Read(int handle, Span<byte> buffer) => Errno.Check(Syscall.Read(handle, buffer));

    /// <returns>Bytes written, or -1.</returns>
    public static long Write(int handle, ReadOnlySpan<byte> buffer) => Errno.Check(Syscall.Write(handle, buffer));

    /// <returns>0, or -1.</returns>
    public static int Close(int handle) => (int)Errno.Check(Syscall.Close(handle));

    /// <summary>Reads all counters of "/dev/kernel" or "/dev/nic".</summary>
    /// <param name="handle">From <see cref="Open"/>.</param>
    /// <param name="request">GetKernelCounters or GetNicCounters.</param>
    /// <param name="counters">As long as the counters are many.</param>
    /// <returns>0, or -1.</returns>
    public static int ReadCounters(int handle, IoctlRequest request, Span<ulong> counters)
        => (int)Errno.Check(Syscall.Ioctl(handle, request, counters));
}
