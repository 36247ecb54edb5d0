// signal(): sets bits of a notification, never waits. Next: Wait.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>signal(notification, bits)</summary>
internal static class Signal
{
    public static long Handle(ref Registers arguments)
    {
        Thread caller = KernelEntry.Caller;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        if (handles.Find(handle, HandleRights.Signal) is not { } target)
            return Refusal.Of(SyscallNumber.Signal, handle, HandleRights.Signal);
        return -(long)(arguments.Rsi - 1 < SignalWord.Signals ? target.Signal(arguments.Rsi) : Status.InvalidArgument);
    }
}
