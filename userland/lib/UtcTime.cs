// Calendar time from the Unix epoch. Algorithm: Howard Hinnant, "chrono-compatible low-level date algorithms". Next: Console.cs
namespace RingOS.User;

/// <summary>Prints a moment as ISO 8601 in UTC.</summary>
public static class UtcTime
{
    private const uint SecondsPerDay = 86_400;
    private const uint DaysPerEra = 146_097; // 400 years
    private const uint DaysBeforeEpoch = 719_468; // 0000-03-01 to 1970-01-01

    /// <summary>"2026-01-01T00:00:01.1234567Z": ten-millionths of a second, as .NET prints them.</summary>
    public static void Append(TextBuffer text, ulong wallNanoseconds)
    {
        ulong seconds = wallNanoseconds / Clock.NanosecondsPerSecond;
        AppendDate(text, (uint)(seconds / SecondsPerDay));
        uint rest = (uint)(seconds % SecondsPerDay);
        text.Append((byte)'T').AppendZeroPadded(rest / 3600, 2);
        text.Append((byte)':').AppendZeroPadded(rest / 60 % 60, 2);
        text.Append((byte)':').AppendZeroPadded(rest % 60, 2);
        text.Append((byte)'.').AppendZeroPadded(wallNanoseconds % Clock.NanosecondsPerSecond / 100, 7).Append((byte)'Z');
    }

    // Years start in March here, so that the leap day is a year's last.
    private static void AppendDate(TextBuffer text, uint daysSinceEpoch)
    {
        uint days = daysSinceEpoch + DaysBeforeEpoch;
        uint dayOfEra = days % DaysPerEra;
        uint yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        uint dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        uint marchMonth = (5 * dayOfYear + 2) / 153;
        uint day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        uint month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        uint year = days / DaysPerEra * 400 + yearOfEra + (month <= 2 ? 1u : 0u);
        text.AppendZeroPadded(year, 4).Append((byte)'-').AppendZeroPadded(month, 2).Append((byte)'-').AppendZeroPadded(day, 2);
    }
}
