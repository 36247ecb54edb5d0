// close(): gives a handle back. Next: Ioctl.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>close(handle)</summary>
internal static class Close
{
    public static long Handle(ref Registers arguments)
    {
        if (!Refusal.IsPermitted(SyscallNumber.Close))
            return -(long)Status.NotPermitted;
        Thread caller = KernelEntry.Caller;
        return -(long)caller.Handles.Close((int)arguments.Rdi);
    }
}
