// sleep(): lets time pass. Next: Call.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>sleep(nanoseconds)</summary>
internal static class Sleep
{
    private const ulong LongestNanoseconds = 1ul << 60;

    private static readonly ThreadQueue s_sleepers = new();

    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        if (arguments.Rdi > LongestNanoseconds)
            return -(long)Status.InvalidArgument;
        nucleus.Scheduler.BlockIn(s_sleepers, nucleus.Scheduler.After(arguments.Rdi));
        return 0; // nobody wakes a sleeper but time
    }
}
