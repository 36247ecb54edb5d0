// receive(): a service waits for work. Next: ReplyReceive.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>receive(endpoint)</summary>
internal static class Receive
{
    public static long Handle(Thread caller, ref Registers arguments)
    {
        Status status = Find(caller, arguments.Rdi, out Endpoint? endpoint);
        return -(long)(status == Status.Ok ? endpoint!.Receive(caller) : status);
    }

    public static Status Find(Thread caller, ulong handle, out Endpoint? endpoint)
    {
        endpoint = null;
        Status status = caller.Process!.Handles.Find((int)handle, HandleRights.Receive, out KernelObject? target);
        if (status != Status.Ok)
            return status;
        endpoint = target as Endpoint;
        return endpoint is null ? Status.BadHandle : Status.Ok;
    }
}
