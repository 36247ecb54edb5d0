// The kernel as tests script it: takes the place of userland/lib/native/Syscall.cs in hosted builds. Next: RingOS.Hosted.csproj
using System;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>A kernel for tests. Every call answers NoSuchSyscall until a test overrides it.</summary>
public class FakeKernel
{
    private const long Refused = -(long)Status.NoSuchSyscall;

    public virtual ulong ReadTimeStamp() => 0;

    public virtual bool IsClockSimulated => false;

    public virtual long Write(int handle, ReadOnlySpan<byte> buffer) => Refused;

    public virtual long Read(int handle, Span<byte> buffer) => Refused;

    public virtual long Open(ReadOnlySpan<byte> path) => Refused;

    public virtual long Ioctl(int handle, IoctlRequest request, ulong argument) => Refused;

    public virtual long Ioctl(int handle, IoctlRequest request, ref SocketAddress address) => Refused;

    public virtual long Ioctl(int handle, IoctlRequest request, Span<ulong> counters) => Refused;

    public virtual long SendTo(int handle, ReadOnlySpan<byte> buffer, ref SocketAddress to) => Refused;

    public virtual long ReceiveFrom(int handle, Span<byte> buffer, ref SocketAddress from) => Refused;

    public virtual long Bind(int handle, ref SocketAddress address) => Refused;

    public virtual long Connect(int handle, ref SocketAddress address) => Refused;

    public virtual long Message(SyscallNumber number, ref MessageRegisters registers) => Refused;

    /// <summary>All calls that pass nothing but numbers.</summary>
    public virtual long Invoke(SyscallNumber number, ulong first, ulong second) => Refused;
}

/// <summary>The twin of the one in userland/lib/native: the same members, forwarded to the current thread's <see cref="Kernel"/>.</summary>
public static class Syscall
{
    [ThreadStatic]
    private static FakeKernel? s_kernel;

    public static FakeKernel Kernel
    {
        get => s_kernel ??= new FakeKernel();
        set => s_kernel = value;
    }

    public static long Null() => Kernel.Invoke(SyscallNumber.Null, 0, 0);

    public static long NullByInterrupt() => Kernel.Invoke(SyscallNumber.Null, 0, 0);

    public static long NullByCallGate() => Kernel.Invoke(SyscallNumber.Null, 0, 0);

    public static long Nothing() => 0;

    public static void Exit(int code) => Kernel.Invoke(SyscallNumber.Exit, (ulong)(long)code, 0);

    public static long Write(int handle, ReadOnlySpan<byte> buffer) => Kernel.Write(handle, buffer);

    public static long Read(int handle, Span<byte> buffer) => Kernel.Read(handle, buffer);

    public static long Open(ReadOnlySpan<byte> path) => Kernel.Open(path);

    public static long Close(int handle) => Kernel.Invoke(SyscallNumber.Close, (ulong)handle, 0);

    public static long Ioctl(int handle, IoctlRequest request, ulong argument) => Kernel.Ioctl(handle, request, argument);

    public static long Ioctl(int handle, IoctlRequest request, ref SocketAddress address) => Kernel.Ioctl(handle, request, ref address);

    public static long Ioctl(int handle, IoctlRequest request, Span<ulong> counters) => Kernel.Ioctl(handle, request, counters);

    public static long Socket(SocketKind kind) => Kernel.Invoke(SyscallNumber.Socket, (ulong)kind, 0);

    public static long Bind(int handle, ref SocketAddress address) => Kernel.Bind(handle, ref address);

    public static long Connect(int handle, ref SocketAddress address) => Kernel.Connect(handle, ref address);

    public static long SendTo(int handle, ReadOnlySpan<byte> buffer, ref SocketAddress to) => Kernel.SendTo(handle, buffer, ref to);

    public static long ReceiveFrom(int handle, Span<byte> buffer, ref SocketAddress from) => Kernel.ReceiveFrom(handle, buffer, ref from);

    public static long Clock(ClockKind kind) => Kernel.Invoke(SyscallNumber.Clock, (ulong)kind, 0);

    public static long Sleep(ulong nanoseconds) => Kernel.Invoke(SyscallNumber.Sleep, nanoseconds, 0);

    public static long Signal(int notification, ulong bits) => Kernel.Invoke(SyscallNumber.Signal, (ulong)notification, bits);

    public static long Wait(int notification, ulong timeoutNanoseconds)
        => Kernel.Invoke(SyscallNumber.Wait, (ulong)notification, timeoutNanoseconds);

    public static long Acknowledge(int interrupt) => Kernel.Invoke(SyscallNumber.Acknowledge, (ulong)interrupt, 0);

    public static long Message(SyscallNumber number, ref MessageRegisters registers) => Kernel.Message(number, ref registers);

    public static ulong ReadTimeStamp() => Kernel.ReadTimeStamp();

    public static bool IsClockSimulated => Kernel.IsClockSimulated;

    public static ulong ReadClock() => Kernel.ReadTimeStamp();
}
