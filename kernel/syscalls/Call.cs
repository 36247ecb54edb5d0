// call(): a message to a service, and its answer. Next: Receive.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>call(endpoint, four words)</summary>
internal static class Call
{
    public static long Handle(ref Registers arguments)
    {
        Thread caller = KernelEntry.Caller;
        int handle = (int)arguments.Rdi;
        HandleTable handles = caller.Handles;
        HandleTable.Entry? entry = handles.FindEntry(handle, HandleRights.Call);
        if (entry?.Target is not Endpoint endpoint)
            return Refusal.Of(SyscallNumber.Call, handle, HandleRights.Call);
        Status status = endpoint.Call(caller, entry.Badge, Watchdog.ServicePatience);
        if (status == Status.TimedOut)
            endpoint.Observer?.OnSilent();
        return -(long)status;
    }
}
