// clock(): wall time, or time spent idle. Next: Sleep.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>clock(kind)</summary>
internal static class Clock
{
    public static long Handle(ref Registers arguments)
    {
        Nucleus nucleus = KernelEntry.Nucleus;
        return (ClockKind)arguments.Rdi switch
        {
            ClockKind.Wall => (long)nucleus.Clock.Nanoseconds,
            ClockKind.IdleTicks => (long)nucleus.Scheduler.IdleTicks,
            _ => -(long)Status.InvalidArgument,
        };
    }
}
