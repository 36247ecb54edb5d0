// call(): a message to a service, and its answer. Next: Receive.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>call(endpoint, four words)</summary>
internal static class Call
{
    // Shorter than what the kernel gives a service for a whole request, so that a service can report a dead one below it.
    private const ulong DeadlineMilliseconds = 1_000;

    public static long Handle(Nucleus nucleus, Thread caller, ref Registers arguments)
    {
        int handle = (int)arguments.Rdi;
        HandleTable handles = caller.Process!.Handles;
        if (handles.Find(handle, HandleRights.Call) is not Endpoint endpoint)
            return -(long)handles.Refusal(handle, HandleRights.Call);
        Scheduler scheduler = nucleus.Scheduler;
        ulong deadline = scheduler.Now + (scheduler.TicksPerSecond * DeadlineMilliseconds / 1_000);
        return -(long)endpoint.Call(caller, handles.BadgeOf(handle), deadline);
    }
}
