// receive(): a service waits for work. Next: ReplyReceive.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>receive(endpoint)</summary>
internal static class Receive
{
    public static long Handle(ref Registers arguments)
    {
        Thread caller = KernelEntry.Caller;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        return handles.Find(handle, HandleRights.Receive) is Endpoint endpoint
            ? -(long)endpoint.Receive(caller)
            : Refusal.Of(SyscallNumber.Receive, handle, HandleRights.Receive);
    }
}
