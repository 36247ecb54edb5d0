// The clock of drivers inside the kernel, who wait for their device without giving the processor away. Back to: NicHardware.cs
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>The processor's counter, as a grant.</summary>
public sealed class DeviceClock(Processor processor) : Hardware.Clock
{
    public override ulong Ticks => processor.Counter;

    public override ulong TicksPerSecond => processor.CounterPerSecond;
}
