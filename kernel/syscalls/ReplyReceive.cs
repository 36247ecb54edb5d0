// reply_receive(): a service answers and waits for the next, in one crossing. Next: Signal.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>reply_receive(endpoint, four words, served signals)</summary>
internal static class ReplyReceive
{
    public static long Handle(ref Registers arguments)
    {
        Thread caller = KernelEntry.Caller;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        if (handles.Find(handle, HandleRights.Receive) is not Endpoint endpoint)
            return Refusal.Of(SyscallNumber.ReplyReceive, handle, HandleRights.Receive);
        if (arguments.R9 != 0)
            endpoint.Bound?.TakeServed(arguments.R9);
        return -(long)endpoint.ReplyReceive(caller);
    }
}
