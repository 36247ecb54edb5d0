// connect(): the peer of a socket; waits until its next hop is resolved. Next: SendTo.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>connect(handle, address)</summary>
internal static class Connect
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        Thread caller = nucleus.Scheduler.Current;
        ulong address = arguments.Rsi;
        Status status = UserSocket.Find(caller, SyscallNumber.Connect, arguments.Rdi, out Socket? socket);
        if (status == Status.Ok)
            status = UserSocket.ReadEndpoint(nucleus, address, out address);
        return status == Status.Ok ? socket!.Connect(address) : -(long)status;
    }
}
