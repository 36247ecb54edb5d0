// The clock of network stacks inside the kernel. Back to: Placer.cs
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>The scheduler's time, as a grant.</summary>
public sealed class KernelClock(Scheduler scheduler) : Hardware.Clock
{
    public override ulong Ticks => scheduler.Now;

    public override ulong TicksPerSecond => scheduler.TicksPerSecond;
}
