// signal(): sets bits of a notification, never waits. Next: Wait.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>signal(notification, bits)</summary>
internal static class Signal
{
    public static long Handle(Thread caller, ref Registers arguments)
    {
        Status status = caller.Process!.Handles.Find((int)arguments.Rdi, HandleRights.Signal, out KernelObject? target);
        return -(long)(status == Status.Ok ? target!.Signal(arguments.Rsi) : status);
    }
}
