// Every request to the kernel, typed. The only class that knows addresses; tests put a scripted kernel in its place
// (tests/Hosted/FakeSyscall.cs). Numbers: lib/Abi/SyscallNumber.cs. Next: Startup.cs
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>System calls as the kernel answers them: zero or more on success, the negated <see cref="Status"/> otherwise.</summary>
/// <remarks>SAFETY of the pointers below: nothing moves memory in an image; the kernel checks every address and length.</remarks>
public static unsafe class Syscall
{
    private static ulong* s_simulatedNow; // null where there is no simulated time

    /// <summary>null(): into the kernel and back.</summary>
    public static long Null() => Stub3(0, 0, 0, SyscallNumber.Null);

    /// <summary>null() by `int 0x80`, as before there was a syscall instruction.</summary>
    public static long NullByInterrupt() => Stub3Interrupt(0, 0, 0, SyscallNumber.Null);

    /// <summary>null() through a call gate, the way Multics entered an inner ring.</summary>
    public static long NullByCallGate() => Stub3CallGate(0, 0, 0, SyscallNumber.Null);

    /// <summary>The same call and return without the kernel, to be subtracted from <see cref="Null"/>.</summary>
    public static long Nothing() => Return(0, 0, 0, SyscallNumber.Null);

    /// <summary>Ends this process.</summary>
    public static void Exit(int code) => Stub3((ulong)(long)code, 0, 0, SyscallNumber.Exit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Write(int handle, ReadOnlySpan<byte> buffer)
        => Stub3((uint)handle, Address(buffer), (uint)buffer.Length, SyscallNumber.Write);

    public static long Read(int handle, Span<byte> buffer)
        => Stub3((uint)handle, Address(buffer), (uint)buffer.Length, SyscallNumber.Read);

    public static long Open(ReadOnlySpan<byte> path)
        => Stub3(Address(path), (uint)path.Length, 0, SyscallNumber.Open);

    public static long Close(int handle) => Stub3((uint)handle, 0, 0, SyscallNumber.Close);

    /// <summary>ioctl() with a plain number.</summary>
    public static long Ioctl(int handle, IoctlRequest request, ulong argument)
        => Stub3((uint)handle, (ulong)request, argument, SyscallNumber.Ioctl);

    /// <summary>ioctl() that fills an address.</summary>
    public static long Ioctl(int handle, IoctlRequest request, ref SocketAddress address)
        => Stub3((uint)handle, (ulong)request, Address(ref address), SyscallNumber.Ioctl);

    /// <summary>ioctl() that fills counters; the span is as long as the request wants it.</summary>
    public static long Ioctl(int handle, IoctlRequest request, Span<ulong> counters)
        => Stub3((uint)handle, (ulong)request, (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(counters)), SyscallNumber.Ioctl);

    public static long Socket(SocketKind kind) => Stub3((ulong)kind, 0, 0, SyscallNumber.Socket);

    public static long Bind(int handle, ref SocketAddress address)
        => Stub3((uint)handle, Address(ref address), 0, SyscallNumber.Bind);

    public static long Connect(int handle, ref SocketAddress address)
        => Stub3((uint)handle, Address(ref address), 0, SyscallNumber.Connect);

    public static long SendTo(int handle, ReadOnlySpan<byte> buffer, ref SocketAddress to)
        => Stub(SyscallNumber.SendTo, (uint)handle, Address(buffer), (uint)buffer.Length, Address(ref to), 0);

    public static long ReceiveFrom(int handle, Span<byte> buffer, ref SocketAddress from)
        => Stub(SyscallNumber.ReceiveFrom, (uint)handle, Address(buffer), (uint)buffer.Length, Address(ref from), 0);

    public static long Clock(ClockKind kind) => Stub3((ulong)kind, 0, 0, SyscallNumber.Clock);

    public static long Sleep(ulong nanoseconds) => Stub3(nanoseconds, 0, 0, SyscallNumber.Sleep);

    public static long Signal(int notification, ulong bits) => Stub3((uint)notification, bits, 0, SyscallNumber.Signal);

    public static long Wait(int notification, ulong timeoutNanoseconds)
        => Stub3((uint)notification, timeoutNanoseconds, 0, SyscallNumber.Wait);

    public static long Acknowledge(int interrupt) => Stub3((uint)interrupt, 0, 0, SyscallNumber.Acknowledge);

    /// <summary>Call, Receive or ReplyReceive: words out and in through <paramref name="registers"/>.</summary>
    public static long Message(SyscallNumber number, ref MessageRegisters registers)
        => StubMessage(number, (MessageRegisters*)Unsafe.AsPointer(ref registers));

    /// <summary>The time-stamp counter: no system call.</summary>
    public static ulong ReadTimeStamp() => TimeStamp();

    /// <summary>The clock that sleep() goes by: simulated time where there is such a thing, else the time-stamp counter.</summary>
    public static ulong ReadClock() => s_simulatedNow == null ? TimeStamp() : Volatile.Read(ref *s_simulatedNow);

    /// <summary>There is simulated time.</summary>
    public static bool IsClockSimulated => s_simulatedNow != null;

    /// <summary>Called once at start-up.</summary>
    /// <param name="block">In the start-up page, which the kernel keeps up to date.</param>
    internal static void UseClockOf(StartupBlock* block) => s_simulatedNow = block->SimulatedNow == 0 ? null : &block->SimulatedNow;

    private static ulong Address(ReadOnlySpan<byte> buffer) => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));

    private static ulong Address(Span<byte> buffer) => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));

    private static ulong Address(ref SocketAddress address) => (ulong)Unsafe.AsPointer(ref address);

    [RuntimeImport("*", "syscall_stub3"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long Stub3(ulong first, ulong second, ulong third, SyscallNumber number);

    [RuntimeImport("*", "syscall_stub3_int"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long Stub3Interrupt(ulong first, ulong second, ulong third, SyscallNumber number);

    [RuntimeImport("*", "syscall_stub3_gate"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long Stub3CallGate(ulong first, ulong second, ulong third, SyscallNumber number);

    [RuntimeImport("*", "syscall_stub"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long Stub(SyscallNumber number, ulong first, ulong second, ulong third, ulong fourth, ulong fifth);

    [RuntimeImport("*", "syscall_stub_message"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long StubMessage(SyscallNumber number, MessageRegisters* registers);

    [RuntimeImport("*", "user_return"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern long Return(ulong first, ulong second, ulong third, SyscallNumber number);

    [RuntimeImport("*", "user_rdtsc"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong TimeStamp();
}
