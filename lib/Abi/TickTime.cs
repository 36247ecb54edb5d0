// Ticks of a counter and the time they take: one conversion for kernel, drivers and programs. Back to: SyscallNumber.cs
namespace RingOS.Abi;

/// <summary>
/// Conversions for counters of <see cref="LowestRate"/> to <see cref="HighestRate"/> ticks a second. All arguments are allowed; a result
/// that does not fit 64 bits is <see cref="ulong.MaxValue"/>, which as a deadline means never.
/// </summary>
public static class TickTime
{
    public const ulong NanosecondsPerSecond = 1_000_000_000;

    /// <summary>A megahertz.</summary>
    public const ulong LowestRate = 1_000_000;

    /// <summary>Ten gigahertz.</summary>
    public const ulong HighestRate = 10_000_000_000;

    /// <summary>The fewest ticks that last so long: a deadline never comes early.</summary>
    public static ulong AtLeast(ulong nanoseconds, ulong ticksPerSecond)
    {
        ulong ticks = WideMath.MultiplyDivide(nanoseconds, ticksPerSecond, NanosecondsPerSecond);
        // The remainder is below 2^64, so the low words of both products alone say whether there is one.
        bool isExact = ticks * NanosecondsPerSecond == nanoseconds * ticksPerSecond;
        return isExact || ticks == ulong.MaxValue ? ticks : ticks + 1;
    }

    /// <summary>A time stamp that comes no earlier than so many nanoseconds after <paramref name="now"/>.</summary>
    public static ulong After(ulong now, ulong nanoseconds, ulong ticksPerSecond) => WideMath.Add(now, AtLeast(nanoseconds, ticksPerSecond));
}
