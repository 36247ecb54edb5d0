// recvfrom(): a datagram and who sent it. Next: Clock.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>recvfrom(handle, buffer, length, address or 0)</summary>
internal static class ReceiveFrom
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        Thread caller = nucleus.Scheduler.Current;
        ulong sender = arguments.R10;
        Status status = UserSocket.Find(caller, SyscallNumber.ReceiveFrom, arguments.Rdi, out Socket? socket);
        if (status != Status.Ok)
            return -(long)status;
        long received = socket!.Receive(arguments.Rsi, arguments.Rdx, out ulong from);
        if (received < 0 || sender == 0)
            return received;
        status = nucleus.UserMemory.Write64(sender, from);
        return status == Status.Ok ? received : -(long)status;
    }
}
