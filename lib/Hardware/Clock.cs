// Time as a driver may know it: a counter and its rate. Next: NicGrant.cs
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>A clock that never goes back. Images read the time-stamp counter, tests a number they move by hand.</summary>
public abstract class Clock
{
    /// <summary>Ticks since an arbitrary moment.</summary>
    public abstract ulong Ticks { get; }

    /// <summary>Ticks per second: <see cref="TickTime.LowestRate"/> to <see cref="TickTime.HighestRate"/>.</summary>
    public abstract ulong TicksPerSecond { get; }

    /// <summary>Never early, whatever the rate.</summary>
    public Deadline After(uint microseconds) => new(this, TickTime.After(Ticks, microseconds * 1_000ul, TicksPerSecond));
}

/// <summary>A moment after which one stops waiting.</summary>
public readonly struct Deadline(Clock clock, ulong ticks)
{
    public bool HasPassed => clock.Ticks >= ticks;
}
