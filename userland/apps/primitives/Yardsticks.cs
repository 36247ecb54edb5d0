// What is measured: one turn of each. Next: Stopwatch.cs
using System.Runtime.CompilerServices;
using RingOS.User;

namespace RingOS.Primitives;

/// <summary>Something the kernel does, once a turn.</summary>
public interface IYardstick
{
    void Turn();
}

/// <summary>The call of a stub without its system call: what the others are less.</summary>
public readonly struct NothingYardstick : IYardstick
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn() => Syscall.Nothing();
}

/// <summary>Into the kernel and back.</summary>
public readonly struct SyscallYardstick : IYardstick
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn() => Syscall.Null();
}

/// <summary>The same by `int 0x80`.</summary>
public readonly struct InterruptYardstick : IYardstick
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn() => Syscall.NullByInterrupt();
}

/// <summary>The same by a far call through a call gate.</summary>
public readonly struct CallGateYardstick : IYardstick
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn() => Syscall.NullByCallGate();
}

/// <summary>Call and reply between two address spaces.</summary>
public struct CallYardstick(Endpoint service) : IYardstick
{
    private MessageRegisters _message;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn() => service.Call(ref _message);
}

/// <summary>signal(), and wait() for what is pending already: two system calls, no switch.</summary>
public readonly struct SignalYardstick(Notification own) : IYardstick
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn()
    {
        own.Signal(1);
        own.Wait(0, out _);
    }
}

/// <summary>A signal to a service that waits for it, and its signal back: on both sides one signal() and one wait(), and a switch each way.</summary>
public readonly struct SignalRoundTripYardstick(Notification there, Notification here) : IYardstick
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Turn()
    {
        there.Signal(1);
        here.Wait(0, out _);
    }
}
