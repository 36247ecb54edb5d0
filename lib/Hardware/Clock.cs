// Time as a driver may know it: a counter and its rate. Next: NicGrant.cs
namespace RingOS.Hardware;

/// <summary>A clock that never goes back. Images read the time-stamp counter, tests a number they move by hand.</summary>
public abstract class Clock
{
    /// <summary>Ticks since an arbitrary moment.</summary>
    public abstract ulong Ticks { get; }

    /// <summary>Ticks per second, at least 1,000,000.</summary>
    public abstract ulong TicksPerSecond { get; }

    public Deadline After(uint microseconds) => new(this, Ticks + microseconds * (TicksPerSecond / 1_000_000));
}

/// <summary>A moment after which one stops waiting.</summary>
public readonly struct Deadline(Clock clock, ulong ticks)
{
    public bool HasPassed => clock.Ticks >= ticks;
}
