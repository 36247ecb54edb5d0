// bind(): the local address of a socket. Next: Connect.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>bind(handle, address)</summary>
internal static class Bind
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        Thread caller = nucleus.Scheduler.Current;
        ulong address = arguments.Rsi;
        Status status = UserSocket.Find(caller, SyscallNumber.Bind, arguments.Rdi, out Socket? socket);
        if (status == Status.Ok)
            status = UserSocket.ReadEndpoint(nucleus, address, out address);
        return status == Status.Ok ? socket!.Bind(address) : -(long)status;
    }
}
