// acknowledge(): a driver has served its device; the line may interrupt again. Back to: ../arch/x64/SyscallTable.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>acknowledge(interrupt)</summary>
internal static class Acknowledge
{
    public static long Handle(ref Registers arguments)
    {
        Thread caller = KernelEntry.Caller;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        if (handles.Find(handle, HandleRights.Receive) is not InterruptLine line)
            return Refusal.Of(SyscallNumber.Acknowledge, handle, HandleRights.Receive);
        line.Unmask();
        return 0;
    }
}
