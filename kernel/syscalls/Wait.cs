// wait(): waits for a notification. Next: Acknowledge.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>wait(notification, timeout in nanoseconds or 0)</summary>
internal static class Wait
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        Thread caller = nucleus.Scheduler.Current;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        if (handles.Find(handle, HandleRights.Receive) is not Notification notification)
            return Refusal.Of(SyscallNumber.Wait, handle, HandleRights.Receive);
        ulong deadline = arguments.Rsi == 0 ? Thread.Never : nucleus.Scheduler.After(arguments.Rsi);
        Status status = notification.Wait(deadline, out ulong bits);
        return status == Status.Ok ? (long)bits : -(long)status;
    }
}
