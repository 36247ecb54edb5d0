// read(): a datagram of a socket, bytes of a file. Next: Write.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>read(handle, buffer, length)</summary>
internal static class Read
{
    public static long Handle(Thread caller, ref Registers arguments)
    {
        Status status = caller.Process!.Handles.Find((int)arguments.Rdi, HandleRights.Read, out KernelObject? target);
        return status == Status.Ok ? target!.Read(caller, arguments.Rsi, arguments.Rdx) : -(long)status;
    }
}
