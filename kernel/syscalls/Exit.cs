// exit(): the process ends; the caller does not come back. Next: Read.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>exit(code)</summary>
internal static class Exit
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        nucleus.Processes.EndCurrent(ProcessEnd.Exited, (int)arguments.Rdi);
        return 0;
    }
}
