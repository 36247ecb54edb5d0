// Time: the time-stamp counter or simulated time, read without a system call. Next: Measure.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>Wall time and sleeping. Ticks are those of the time-stamp counter, or nanoseconds of simulated time.</summary>
public static class Clock
{
    public const ulong NanosecondsPerSecond = TickTime.NanosecondsPerSecond;

    private static ulong s_bootTicks;
    private static ulong s_bootWall;
    private static ulong s_wholeNanoseconds; // nanoseconds in a tick: the whole part,
    private static ulong s_fraction; // and the rest in units of 2^-32

    /// <summary>Ticks in a second: <see cref="TickTime.LowestRate"/> to <see cref="TickTime.HighestRate"/>.</summary>
    public static ulong TicksPerSecond { get; private set; } = NanosecondsPerSecond;

    /// <summary>The counter now.</summary>
    public static ulong Ticks
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Syscall.ReadClock();
    }

    /// <summary>
    /// Ticks are simulated time, which stands still while anybody computes: who waits for time to pass must sleep, and what a
    /// computation took cannot be told from the clock.
    /// </summary>
    public static bool IsSimulated => Syscall.IsClockSimulated;

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public static ulong WallNanoseconds => WallAt(Ticks);

    /// <summary>Ticks that the processor has spent halted since boot. A system call.</summary>
    public static ulong IdleTicks
    {
        get
        {
            long ticks = Errno.Check(Syscall.Clock(ClockKind.IdleTicks));
            return ticks < 0 ? 0 : (ulong)ticks;
        }
    }

    /// <summary>Called once at start-up with what the kernel measured.</summary>
    /// <param name="ticksPerSecond">Less than 1,000,000 is taken for a gigahertz.</param>
    /// <param name="bootTicks">The counter when the wall clock stood at <paramref name="bootWallNanoseconds"/>.</param>
    /// <param name="bootWallNanoseconds">Nanoseconds since the Unix epoch.</param>
    public static void Calibrate(ulong ticksPerSecond, ulong bootTicks, ulong bootWallNanoseconds)
    {
        TicksPerSecond = ticksPerSecond < TickTime.LowestRate ? NanosecondsPerSecond : ticksPerSecond;
        s_bootTicks = bootTicks;
        s_bootWall = bootWallNanoseconds;
        s_wholeNanoseconds = NanosecondsPerSecond / TicksPerSecond;
        s_fraction = WideMath.MultiplyDivide(NanosecondsPerSecond % TicksPerSecond, 1UL << 32, TicksPerSecond);
    }

    /// <summary>Nanoseconds since the Unix epoch when the counter stood at <paramref name="ticks"/>, not before boot.</summary>
    public static ulong WallAt(ulong ticks) => s_bootWall + ToNanoseconds(ticks - s_bootTicks);

    /// <summary>
    /// A number of ticks as nanoseconds; too short by less than a nanosecond for every 2^32 ticks, and two. No division. Good for 584
    /// years: what is more wraps.
    /// </summary>
    public static ulong ToNanoseconds(ulong ticks)
        => ticks * s_wholeNanoseconds + (ticks >> 32) * s_fraction + (((uint)ticks * s_fraction) >> 32);

    /// <summary>Nanoseconds as ticks, rounded down. Divides: not for hot paths.</summary>
    public static ulong ToTicks(ulong nanoseconds) => WideMath.MultiplyDivide(nanoseconds, TicksPerSecond, NanosecondsPerSecond);

    /// <summary>Gives the processor away for at least this long.</summary>
    public static void Sleep(ulong nanoseconds) => _ = Errno.Check(Syscall.Sleep(nanoseconds));
}
