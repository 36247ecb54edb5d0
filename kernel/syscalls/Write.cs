// write(): a datagram on a socket, text on the console. Next: ../sockets/Socket.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>write(handle, buffer, length)</summary>
internal static class Write
{
    public static long Handle(ref Registers arguments)
    {
        Thread caller = KernelEntry.Caller;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        return handles.Find(handle, HandleRights.Write) is { } target
            ? target.Write(caller, arguments.Rsi, arguments.Rdx)
            : Refusal.Of(SyscallNumber.Write, handle, HandleRights.Write);
    }
}
