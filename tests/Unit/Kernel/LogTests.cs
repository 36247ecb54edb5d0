// What the host reads on the serial line: one JSON object a line, whatever the properties hold. Subjects: kernel/diagnostics/Log.cs,
// TextOutput.cs, WallClock.cs, kernel/arch/x64/RealTimeClock.cs
using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CsCheck;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class LogTests : IDisposable
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private static readonly CountingProcessor s_processor = new(1_000_000);

    private readonly FakeCpu _cpu = new();

    public void Dispose() => _cpu.Dispose();

    [Fact]
    public void AnEventIsOneLineOfCompactJson()
    {
        new Log(new WallClock(0, s_processor)).Warning("the {Thing} at {Where} has {Count}")
            .With("Thing", "driver")
            .WithHexadecimal("Where", 0xFFFF_8000_0012_ABCD)
            .With("Count", ulong.MaxValue)
            .With("Name", "iperf"u8)
            .With("Bytes", "nic"u8.ToArray())
            .End();
        Assert.EndsWith("}\n", _cpu.Serial.ToString(), StringComparison.Ordinal);
        JsonElement line = ReadLine();
        Assert.Equal(
            ["@t", "@l", "@mt", "Thing", "Where", "Count", "Name", "Bytes"], line.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Warning", line.GetProperty("@l").GetString());
        Assert.Equal("the {Thing} at {Where} has {Count}", line.GetProperty("@mt").GetString());
        Assert.Equal("0xffff80000012abcd", line.GetProperty("Where").GetString());
        Assert.Equal(ulong.MaxValue, line.GetProperty("Count").GetUInt64());
        Assert.Equal(("iperf", "nic"), (line.GetProperty("Name").GetString(), line.GetProperty("Bytes").GetString()));
    }

    [Fact]
    public void LevelsHaveTheirNamesInSerilog()
    {
        Log log = new(new WallClock(0, s_processor));
        log.Information("a").End();
        log.Error("b").End();
        string[] lines = _cpu.Serial.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Information", "Error"], lines.Select(line => Parse(line).GetProperty("@l").GetString()));
    }

    [Fact]
    public void AnyBytesMakeALineOfValidAscii()
        => Gen.Byte.Array[0, 40].Sample(
            bytes =>
            {
                _cpu.Serial.Clear();
                new Log(new WallClock(0, s_processor)).Error("x").With("Name", bytes).End();
                string text = _cpu.Serial.ToString();
                Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
                Assert.DoesNotContain(text, letter => letter is not '\n' and (< ' ' or > '~'));
                string expected = string.Concat(bytes.Select(value => value is < 0x20 or > 0x7E ? '?' : (char)value));
                Assert.Equal(expected, ReadLine().GetProperty("Name").GetString());
            },
            iter: 500, threads: 1);

    [Fact]
    public void NumbersAreWrittenAsDotNetWritesThem()
        => Gen.OneOf(Gen.ULong, Gen.ULong[0, 20]).Sample(
            value =>
            {
                _cpu.Serial.Clear();
                TextOutput.WriteDecimal(value);
                TextOutput.Write(" ");
                TextOutput.WriteDecimal(value, minimumDigits: 9);
                TextOutput.Write(" ");
                TextOutput.WriteHexadecimal(value);
                string expected = string.Create(CultureInfo.InvariantCulture, $"{value} {value:000000000} 0x{value:x16}");
                Assert.Equal(expected, _cpu.Serial.ToString());
            },
            iter: 500, threads: 1);

    [Fact]
    public void AStuckSerialPortLosesTextButNotTheKernel()
    {
        _cpu.IsSerialStuck = true;
        TextOutput.WriteLine("lost");
        _cpu.IsSerialStuck = false;
        TextOutput.WriteLine("found");
        Assert.Equal("found\n", _cpu.Serial.ToString());
    }

    /// <summary>Four bytes lost, and one wait: a port that nobody reads must not cost seconds a byte.</summary>
    [Fact]
    public void AStuckSerialPortIsWaitedForOnce()
    {
        TextOutput.WriteLine("");
        _cpu.IsSerialStuck = true;
        TextOutput.Write("l");
        int waited = _cpu.SerialPolls;
        TextOutput.Write("ost");
        Assert.Equal(waited + 3, _cpu.SerialPolls);
    }

    /// <summary>What reads the line in QEMU is a process that others keep from running.</summary>
    [Fact]
    public void ASlowReaderOfTheSerialLineLosesNothing()
    {
        _cpu.SerialDelay = 2_000_000;
        TextOutput.Write("whole");
        Assert.Equal("whole", _cpu.Serial.ToString());
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00.000000000Z")]
    [InlineData("1999-12-31T23:59:59.999999999Z")]
    [InlineData("2000-02-29T12:34:56.000000001Z")]
    [InlineData("2000-03-01T00:00:00.100000000Z")]
    [InlineData("2024-02-29T00:00:00.000000000Z")]
    [InlineData("2026-01-01T00:00:00.123456789Z")]
    [InlineData("2026-12-31T23:59:59.000000000Z")]
    [InlineData("2100-02-28T23:59:59.000000000Z")]
    [InlineData("2100-03-01T00:00:00.000000000Z")]
    public void KnownInstantsAreWrittenInIso8601(string instant)
    {
        DateTime second = DateTime.Parse(instant[..19], CultureInfo.InvariantCulture);
        ulong fraction = ulong.Parse(instant.AsSpan(20, 9), CultureInfo.InvariantCulture);
        ulong nanoseconds = ((ulong)(second - DateTime.UnixEpoch).TotalSeconds * NanosecondsPerSecond) + fraction;
        new WallClock(nanoseconds, s_processor).WriteTimestamp();
        Assert.Equal(instant, _cpu.Serial.ToString());
    }

    [Fact]
    public void AnyDayIsTheCalendarsDay()
        => Gen.Int[0, 73_000].Sample(
            day =>
            {
                _cpu.Serial.Clear();
                new WallClock((ulong)day * 86_400 * NanosecondsPerSecond, s_processor).WriteTimestamp();
                DateTime expected = DateTime.UnixEpoch.AddDays(day);
                Assert.Equal(expected.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), _cpu.Serial.ToString()[..10]);
            },
            iter: 1_000, threads: 1);

    [Fact]
    public void TimePassesWithTheCounter()
        => Gen.Select(Gen.ULong[1_000_000, 5_000_000_000], Gen.ULong[0, 1ul << 45]).Sample(
            (rate, ticks) =>
            {
                _cpu.Clock = () => 777;
                WallClock clock = new(bootNanoseconds: 5, new CountingProcessor(rate));
                _cpu.Clock = () => 777 + ticks;
                Assert.Equal(5 + (ulong)((UInt128)ticks * NanosecondsPerSecond / rate), clock.Nanoseconds);
            },
            iter: 500, threads: 1);

    [Fact]
    public void TimeNeverGoesBack()
        => Gen.Select(Gen.ULong[1_000_000, 5_000_000_000], Gen.ULong[1, 10_000]).Sample(
            (rate, second) =>
            {
                _cpu.Clock = () => 0;
                WallClock clock = new(bootNanoseconds: 0, new CountingProcessor(rate));
                _cpu.Clock = () => (second * rate) - 1;
                ulong before = clock.Nanoseconds;
                _cpu.Clock = () => second * rate;
                Assert.InRange(before, 0ul, clock.Nanoseconds);
            },
            iter: 500, threads: 1);

    [Theory]
    [InlineData(0x02, 0x26, 0x01, 0x01, 0x00, 0x00, 0x00, "2026-01-01T00:00:00")]
    [InlineData(0x02, 0x24, 0x02, 0x29, 0x23, 0x59, 0x58, "2024-02-29T23:59:58")]
    [InlineData(0x06, 24, 12, 31, 19, 5, 9, "2024-12-31T19:05:09")] // binary
    [InlineData(0x00, 0x24, 0x03, 0x01, 0x12, 0x30, 0x00, "2024-03-01T00:30:00")] // 12 AM
    [InlineData(0x00, 0x24, 0x03, 0x01, 0x92, 0x30, 0x00, "2024-03-01T12:30:00")] // 12 PM
    [InlineData(0x00, 0x24, 0x03, 0x01, 0x11, 0x30, 0x00, "2024-03-01T11:30:00")]
    [InlineData(0x00, 0x24, 0x03, 0x01, 0x91, 0x30, 0x00, "2024-03-01T23:30:00")]
    [InlineData(0x04, 24, 3, 1, 0x80 | 11, 30, 0, "2024-03-01T23:30:00")] // binary, 11 PM
    public void TheBatteryBackedClockIsReadInAnyOfItsForms(
        byte mode, byte year, byte month, byte day, byte hour, byte minute, byte second, string expected)
    {
        _cpu.Cmos[0x0B] = mode;
        (_cpu.Cmos[9], _cpu.Cmos[8], _cpu.Cmos[7]) = (year, month, day);
        (_cpu.Cmos[4], _cpu.Cmos[2], _cpu.Cmos[0]) = (hour, minute, second);
        ulong exact = (ulong)(DateTime.Parse(expected, CultureInfo.InvariantCulture) - DateTime.UnixEpoch).TotalSeconds;
        Assert.Equal(exact * NanosecondsPerSecond, RealTimeClock.ReadNanoseconds());
    }

    [Fact]
    public void AClockThatUpdatesForEverDoesNotHangTheBoot()
    {
        _cpu.Cmos[0x0A] = 0x80;
        (_cpu.Cmos[9], _cpu.Cmos[8], _cpu.Cmos[7]) = (0x26, 1, 1);
        Assert.NotEqual(0ul, RealTimeClock.ReadNanoseconds());
    }

    private JsonElement ReadLine() => Parse(_cpu.Serial.ToString());

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;

    // Nothing but the time-stamp counter.
    private sealed class CountingProcessor(ulong ticksPerSecond) : Processor
    {
        public override ulong TimeStamp => Cpu.TimeStamp;

        public override ulong TicksPerSecond => ticksPerSecond;

        public override void Switch(Thread from, Thread to) => throw new NotSupportedException();

        public override void EndDriver(Thread thread) => throw new NotSupportedException();

        public override void ArmTimer(ulong ticks) => throw new NotSupportedException();

        public override void HaltUntilInterrupt() => throw new NotSupportedException();
    }
}
