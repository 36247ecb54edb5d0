// Wall time: the real-time clock at boot, the time-stamp counter since. Back to: Log.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Diagnostics;

/// <summary>Tells the time and writes it in ISO 8601.</summary>
public sealed class WallClock(ulong bootNanoseconds, Processor processor)
{
    private const ulong NanosecondsPerSecond = TickTime.NanosecondsPerSecond;

    public ulong BootNanoseconds { get; } = bootNanoseconds;

    public ulong BootTicks { get; } = processor.TimeStamp;

    /// <summary>
    /// Nanoseconds since the Unix epoch, at most <see cref="long.MaxValue"/>: a clock that is set to a year after 2262, or runs until
    /// then, stands still there, so that clock() never looks like an error.
    /// </summary>
    public ulong Nanoseconds
    {
        get
        {
            ulong ticks = processor.TimeStamp - BootTicks;
            ulong ticksPerSecond = processor.TicksPerSecond;
            ulong seconds = ticks / ticksPerSecond;
            ulong rest = ticks % ticksPerSecond;
            // In 64 bits: the first product for 292 years of uptime, the second up to TickTime.HighestRate.
            ulong sinceBoot = (seconds * NanosecondsPerSecond) + (rest * NanosecondsPerSecond / ticksPerSecond);
            return Math.Min(BootNanoseconds + sinceBoot, long.MaxValue);
        }
    }

    /// <summary>2026-01-01T00:00:00.123456789Z</summary>
    public void WriteTimestamp()
    {
        ulong now = Nanoseconds;
        ulong seconds = now / NanosecondsPerSecond;
        WriteDate(seconds / 86_400);
        WritePart("T", seconds / 3_600 % 24, 2);
        WritePart(":", seconds / 60 % 60, 2);
        WritePart(":", seconds % 60, 2);
        WritePart(".", now % NanosecondsPerSecond, 9);
        TextOutput.Write("Z");
    }

    // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days, for days from 1970 on.
    private static void WriteDate(ulong daysSinceEpoch)
    {
        ulong days = daysSinceEpoch + 719_468;
        ulong era = days / 146_097;
        ulong dayOfEra = days % 146_097;
        ulong yearOfEra = (dayOfEra - (dayOfEra / 1_460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        ulong dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        ulong shifted = ((5 * dayOfYear) + 2) / 153;
        ulong month = shifted < 10 ? shifted + 3 : shifted - 9;
        WritePart("", (era * 400) + yearOfEra + (month <= 2 ? 1ul : 0), 4);
        WritePart("-", month, 2);
        WritePart("-", dayOfYear - (((153 * shifted) + 2) / 5) + 1, 2);
    }

    private static void WritePart(string separator, ulong value, int digits)
    {
        TextOutput.Write(separator);
        TextOutput.WriteDecimal(value, digits);
    }
}
