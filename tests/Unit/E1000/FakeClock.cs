// Time that moves only when a test, or a driver that looks at it, moves it. Next: FakeBus.cs
using RingOS.Hardware;

namespace RingOS.Tests.Unit.E1000;

/// <summary>A clock of 1 GHz on which every look takes <see cref="StepTicks"/>, so that a waiting loop gets somewhere.</summary>
public sealed class FakeClock : Clock
{
    /// <summary>Now, without letting time pass.</summary>
    public ulong Now { get; set; } = 1_000_000;

    public ulong StepTicks { get; set; } = 500;

    public override ulong Ticks => Now += StepTicks;

    public override ulong TicksPerSecond => 1_000_000_000;
}
