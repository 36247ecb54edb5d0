// ioctl(): requests of one kind of object, and counters. Requests: lib/Abi/SocketAddress.cs. Next: OpenSocket.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>ioctl(handle, request, argument)</summary>
internal static class Ioctl
{
    public static long Handle(ref Registers arguments)
    {
        if (!Refusal.IsPermitted(SyscallNumber.Ioctl))
            return -(long)Status.NotPermitted;
        Thread caller = KernelEntry.Caller;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        return handles.Find(handle, HandleRights.None) is { } target
            ? target.Control(caller, (IoctlRequest)arguments.Rsi, arguments.Rdx)
            : Refusal.Of(SyscallNumber.Ioctl, handle, HandleRights.None);
    }
}
