// wait(): waits for a notification. Next: Acknowledge.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>wait(notification, timeout in nanoseconds or 0)</summary>
internal static class Wait
{
    public static long Handle(Nucleus nucleus, Thread caller, ref Registers arguments)
    {
        Status status = caller.Process!.Handles.Find((int)arguments.Rdi, HandleRights.Receive, out KernelObject? target);
        if (status != Status.Ok)
            return -(long)status;
        if (target is not Notification notification)
            return -(long)Status.BadHandle;
        ulong deadline = arguments.Rsi == 0 ? Thread.Never : nucleus.Scheduler.After(arguments.Rsi);
        status = notification.Wait(deadline, out ulong bits);
        return status == Status.Ok ? (long)(bits & long.MaxValue) : -(long)status;
    }
}
