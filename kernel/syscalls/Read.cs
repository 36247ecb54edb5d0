// read(): a datagram of a socket, bytes of a file. Next: Write.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>read(handle, buffer, length)</summary>
internal static class Read
{
    public static long Handle(ref Registers arguments)
    {
        Thread caller = KernelEntry.Caller;
        HandleTable handles = caller.Handles;
        int handle = (int)arguments.Rdi;
        return handles.Find(handle, HandleRights.Read) is { } target
            ? target.Read(caller, arguments.Rsi, arguments.Rdx)
            : Refusal.Of(SyscallNumber.Read, handle, HandleRights.Read);
    }
}
