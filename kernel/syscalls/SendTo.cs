// sendto(): a datagram to a named peer. Next: ReceiveFrom.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>sendto(handle, buffer, length, address)</summary>
internal static class SendTo
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        Thread caller = nucleus.Scheduler.Current;
        ulong buffer = arguments.Rsi;
        ulong length = arguments.Rdx;
        Status status = UserSocket.Find(caller, SyscallNumber.SendTo, arguments.Rdi, out Socket? socket);
        if (status != Status.Ok)
            return -(long)status;
        status = UserSocket.ReadEndpoint(nucleus, arguments.R10, out ulong endpoint);
        return status == Status.Ok ? socket!.Send(buffer, length, endpoint) : -(long)status;
    }
}
