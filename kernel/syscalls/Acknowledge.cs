// acknowledge(): a driver has served its device; the line may interrupt again. Back to: SyscallTable.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>acknowledge(interrupt)</summary>
internal static class Acknowledge
{
    public static long Handle(Thread caller, ref Registers arguments)
    {
        Status status = caller.Process!.Handles.Find((int)arguments.Rdi, HandleRights.Receive, out KernelObject? target);
        if (status != Status.Ok)
            return -(long)status;
        if (target is not InterruptLine line)
            return -(long)Status.BadHandle;
        line.Unmask();
        return 0;
    }
}
