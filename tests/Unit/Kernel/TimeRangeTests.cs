// Time at the ends of its range: rates from a megahertz to ten gigahertz, deadlines of now, never and less than nothing, years of
// uptime. Subjects: lib/Abi/TickTime.cs, Calibration.cs, Scheduler.After, WallClock.cs, RealTimeClock.cs, lib/Hardware/Clock.cs
using System;
using System.Globalization;
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using Xunit;
using Thread = RingOS.Kernel.Threads.Thread;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class TimeRangeTests : IDisposable
{
    private const ulong Second = 1_000_000_000;
    private const ulong Year = 365 * 86_400 * Second;
    private const int Interval = 59_659; // of 1,193,182 Hz: the measurement

    private static readonly Gen<ulong> s_rates = Gen.OneOf(
        Gen.ULong[TickTime.LowestRate, TickTime.HighestRate],
        OneOf(TickTime.LowestRate, 1_000_999ul, 1_999_999ul, 999_999_999ul, Second, 2_399_999_999ul, TickTime.HighestRate));

    private static readonly Gen<ulong> s_times = Gen.OneOf(
        Gen.ULong, Gen.ULong[0, 100 * Second], OneOf(0ul, 1ul, 70 * Second, Year, 100 * Year, 1ul << 60, 1ul << 63, ulong.MaxValue));

    private readonly FakeCpu _cpu = new();

    public void Dispose() => _cpu.Dispose();

    [Fact]
    public void TicksOfATimeAreTheFewestThatLastSoLong()
        => Gen.Select(s_times, s_rates).Sample(static (nanoseconds, rate) =>
        {
            UInt128 product = (UInt128)nanoseconds * rate;
            UInt128 exact = (product + Second - 1) / Second;
            return TickTime.AtLeast(nanoseconds, rate) == (exact > ulong.MaxValue ? ulong.MaxValue : (ulong)exact);
        });

    [Fact]
    public void ADeadlineIsNeverEarlyAndNeverWraps()
        => Gen.Select(s_times, s_rates, Gen.OneOf(Gen.ULong, OneOf(0ul, ulong.MaxValue))).Sample(static (nanoseconds, rate, now) =>
        {
            ulong deadline = TickTime.After(now, nanoseconds, rate);
            return deadline >= now && (deadline == ulong.MaxValue || (UInt128)(deadline - now) * Second >= (UInt128)nanoseconds * rate);
        });

    [Fact]
    public void WideSumsAndShiftsAsTheLibrary()
        => Gen.Select(Gen.ULong, Gen.ULong).Sample(static (left, right) =>
            WideMath.Add(left, right) == Saturated((UInt128)left + right)
            && WideMath.MultiplyShift32(left, right) == Saturated(((UInt128)left * right) >> 32));

    [Fact]
    public void TheTimersCountIsRightOrTheMostItCanBe()
        => Gen.Select(s_rates, Gen.ULong[TickTime.LowestRate / 16, TickTime.HighestRate / 16], Gen.ULong).Sample(static (rate, timerRate, ticks) =>
        {
            ulong measuredTicks = rate * Interval / 1_193_182;
            uint measuredUnits = (uint)(timerRate * Interval / 1_193_182);
            UInt128 exact = (UInt128)ticks * measuredUnits / measuredTicks;
            UInt128 count = new Calibration(measuredTicks, measuredUnits).TimerCountOf(ticks);
            return exact >= uint.MaxValue
                ? count > uint.MaxValue - ((UInt128)(uint.MaxValue >> 20) + 2) // the rate has 32 fraction bits, 12 of them zero at the least
                : count >= 1 && count <= UInt128.Max(exact, 1) && exact - UInt128.Min(exact, count) <= (exact >> 10) + (ticks >> 32) + 1;
        });

    // Seen: 70 seconds gave a count of 1, and 26,033 interrupts until 68.7 were left.
    [Theory]
    [InlineData(70)]
    [InlineData(3_600)]
    [InlineData(1_152_921_504)]
    public void ALongTimeNeedsNoMoreInterruptsThanThe32BitsOfTheCountForce(ulong seconds)
    {
        Calibration rates = new(50_000_000, 3_125_000); // QEMU with icount
        ulong left = seconds * Second;
        int interrupts = 0;
        for (; left != 0 && interrupts < 100; interrupts++)
            left -= Math.Min(left, rates.TimerCountOf(left) * 16ul);
        Assert.InRange((ulong)interrupts, 1ul, Math.Min(100, (seconds / 68) + 2));
    }

    [Theory]
    [InlineData(TickTime.LowestRate)]
    [InlineData(1_000_999ul)]
    [InlineData(2_399_999_999ul)]
    [InlineData(TickTime.HighestRate)]
    public void TheSchedulersDeadlinesReachFromNowTo36Years(ulong rate)
    {
        using Machine machine = new();
        machine.Processor.Rate = rate;
        Assert.Equal(machine.Now, machine.Scheduler.After(0));
        Assert.InRange(machine.Scheduler.After(1), machine.Now + 1, machine.Now + 1 + (rate / Second));
        ulong longest = machine.Scheduler.After(1ul << 60);
        Assert.Equal((ulong)(((UInt128)(1ul << 60) * rate + Second - 1) / Second), longest - machine.Now);
        Assert.Equal(longest, machine.Scheduler.After(ulong.MaxValue));
        Assert.Equal(longest, machine.Scheduler.After(unchecked((ulong)-1L)));
        machine.Processor.Time = ulong.MaxValue - 5; // centuries later
        Assert.Equal(Thread.Never, machine.Scheduler.After(Second));
    }

    [Theory]
    [InlineData(TickTime.LowestRate)]
    [InlineData(1_999_999ul)]
    [InlineData(TickTime.HighestRate)]
    public void ADriversDeadlineIsNotEarly(ulong rate)
    {
        MovableClock clock = new(rate);
        foreach (uint microseconds in new[] { 0u, 1u, 20_000u, uint.MaxValue })
        {
            Deadline deadline = clock.After(microseconds);
            ulong length = (ulong)((((UInt128)microseconds * rate) + 999_999) / 1_000_000);
            clock.Now += length;
            Assert.True(deadline.HasPassed);
            clock.Now -= length == 0 ? 0ul : 1;
            Assert.Equal(length == 0, deadline.HasPassed);
        }
        clock.Now = ulong.MaxValue - 1;
        Assert.False(clock.After(1_000_000).HasPassed);
    }

    [Fact]
    public void WallTimeAfterYearsOfUptime()
        => Gen.Select(s_rates, Gen.ULong[0, 200 * Year]).Sample((rate, uptime) =>
        {
            using Machine machine = new();
            machine.Processor.Rate = rate;
            WallClock clock = new(56 * Year, machine.Processor);
            UInt128 ticks = (UInt128)uptime * rate / Second;
            if (ticks > ulong.MaxValue - machine.Now)
                return true; // the counter itself ends
            machine.Processor.Time += (ulong)ticks;
            UInt128 exact = (UInt128)(56 * Year) + (ticks * Second / rate);
            return clock.Nanoseconds == (ulong)UInt128.Min(exact, long.MaxValue);
        }, iter: 200, threads: 1);

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2038-01-19T03:14:08Z")]
    [InlineData("2099-12-31T23:59:59Z")]
    [InlineData("2106-02-07T06:28:16Z")]
    [InlineData("2262-04-11T23:47:16Z")]
    public void DatesBeyondThe32BitsOfOlderClocks(string moment)
    {
        DateTime expected = DateTime.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        using Machine machine = new();
        WallClock clock = new((ulong)(expected - DateTime.UnixEpoch).Ticks * 100, machine.Processor);
        clock.WriteTimestamp();
        Assert.Equal(expected.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + ".000000000Z", _cpu.Serial.ToString());
    }

    [Theory]
    [InlineData("2000-02-29T12:00:00Z", 0x20)]
    [InlineData("2026-11-30T23:59:59Z", 0x20)]
    [InlineData("2026-11-30T23:59:59Z", 0x00)] // no century is kept there
    [InlineData("2026-11-30T23:59:59Z", 0xFF)]
    [InlineData("2106-02-07T06:28:16Z", 0x21)]
    [InlineData("2262-04-11T23:47:16Z", 0x22)]
    public void TheCmosClockHasACentury(string moment, byte century)
    {
        DateTime expected = DateTime.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        _cpu.Cmos[0x0A] = 0;
        _cpu.Cmos[0x0B] = 0x02; // decimal digits, 24 hours
        (int Register, int Value)[] fields =
            [(0, expected.Second), (2, expected.Minute), (4, expected.Hour), (7, expected.Day), (8, expected.Month), (9, expected.Year % 100)];
        foreach ((int register, int value) in fields)
            _cpu.Cmos[register] = (byte)((value / 10 * 16) + (value % 10));
        _cpu.Cmos[0x32] = century;
        Assert.Equal((ulong)(expected - DateTime.UnixEpoch).Ticks * 100, RealTimeClock.ReadNanoseconds());
    }

    private static Gen<ulong> OneOf(params ulong[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static ulong Saturated(UInt128 value) => value > ulong.MaxValue ? ulong.MaxValue : (ulong)value;

    private sealed class MovableClock(ulong rate) : Clock
    {
        public ulong Now { get; set; } = 1_000;

        public override ulong Ticks => Now;

        public override ulong TicksPerSecond => rate;
    }
}
