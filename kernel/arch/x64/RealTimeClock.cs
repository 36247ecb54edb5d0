// The battery-backed clock, read once at boot. MC146818. Next: PciBus.cs
namespace RingOS.Kernel.Arch.X64;

/// <summary>Date and time of the CMOS clock, taken as UTC.</summary>
public static class RealTimeClock
{
    private const ushort Index = 0x70;
    private const ushort Data = 0x71;
    private const byte StatusA = 0x0A;
    private const byte UpdateInProgress = 0x80;
    private const byte StatusB = 0x0B;
    private const byte BinaryMode = 0x04;
    private const byte Hour24Mode = 0x02;
    private const byte Century = 0x32; // where PC firmware keeps it, if it does
    private const ulong OldestCentury = 20;
    private const ulong LatestCentury = 22; // nanoseconds since 1970 fit a clock() result until 2262
    private const int MaximumPolls = 10_000;

    /// <summary>Nanoseconds since the Unix epoch, a whole second.</summary>
    public static ulong ReadNanoseconds()
    {
        for (int poll = 0; poll < MaximumPolls && (Read(StatusA) & UpdateInProgress) != 0; poll++)
        {
        }
        bool isBinary = (Read(StatusB) & BinaryMode) != 0;
        bool is24Hour = (Read(StatusB) & Hour24Mode) != 0;
        byte hours = Read(0x04);
        bool isAfternoon = !is24Hour && (hours & 0x80) != 0;
        ulong hour = Decode((byte)(hours & 0x7F), isBinary);
        if (!is24Hour)
            hour = (hour % 12) + (isAfternoon ? 12ul : 0);
        ulong days = DaysSinceEpoch((ReadCentury(isBinary) * 100) + Decode(Read(0x09), isBinary), Decode(Read(0x08), isBinary), Decode(Read(0x07), isBinary));
        ulong seconds = (((((days * 24) + hour) * 60) + Decode(Read(0x02), isBinary)) * 60) + Decode(Read(0x00), isBinary);
        return seconds * 1_000_000_000;
    }

    // What is no century of ours counts as this one: some machines keep something else there.
    private static ulong ReadCentury(bool isBinary)
    {
        ulong century = Decode(Read(Century), isBinary);
        return century is >= OldestCentury and <= LatestCentury ? century : OldestCentury;
    }

    private static byte Read(byte register)
    {
        Cpu.Out8(Index, register);
        return Cpu.In8(Data);
    }

    private static ulong Decode(byte value, bool isBinary) => isBinary ? value : (ulong)((value >> 4) * 10) + (ulong)(value & 15);

    // Howard Hinnant, "chrono-compatible low-level date algorithms": days_from_civil, for years from 1970 on.
    private static ulong DaysSinceEpoch(ulong year, ulong month, ulong day)
    {
        ulong y = month <= 2 ? year - 1 : year;
        ulong era = y / 400;
        ulong yearOfEra = y - (era * 400);
        ulong dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        ulong dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }
}
