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
        return -(long)(handles.Find(handle, HandleRights.Receive) is Endpoint endpoint ? endpoint.Receive(caller) : handles.Refusal(handle, HandleRights.Receive));
    }
}
