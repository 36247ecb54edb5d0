// Time, arguments, console and events of userland/lib. Next: IpcTests.cs
using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using RingOS.Abi;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class ClockTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void TicksBecomeNanoseconds()
        => Gen.Select(Gen.ULong[1_000_000, 10_000_000_000], Gen.ULong[0, 1UL << 44]).Sample((ticksPerSecond, ticks) =>
        {
            Clock.Calibrate(ticksPerSecond, 0, 0);
            UInt128 exact = (UInt128)ticks * 1_000_000_000 / ticksPerSecond;
            UInt128 difference = exact - Clock.ToNanoseconds(ticks); // rounded down, never up
            return difference <= ((UInt128)ticks >> 32) + 2;
        }, threads: 1);

    [Fact]
    public void WallClockStartsAtBoot()
    {
        Clock.Calibrate(2_250_000_000, 1_000, FakeMachine.BootWall);
        Assert.Equal(FakeMachine.BootWall, Clock.WallAt(1_000));
        Assert.InRange(Clock.WallAt(1_000 + 2_250_000_000), FakeMachine.BootWall + 999_999_998, FakeMachine.BootWall + 1_000_000_000);
    }

    [Fact]
    public void ASillyRateDoesNotDivideByZero()
    {
        Clock.Calibrate(0, 0, 0);
        Assert.Equal(5u, Clock.ToNanoseconds(5));
    }

    [Fact]
    public void DatesAsTheLibrary()
        => Gen.ULong[0, 8_000_000_000_000_000_000].Sample(wall =>
        {
            TextBuffer text = new(40);
            UtcTime.Append(text, wall);
            DateTime expected = DateTime.UnixEpoch.AddTicks((long)(wall / 100));
            return Encoding.ASCII.GetString(text.Written) == expected.ToString("O", CultureInfo.InvariantCulture);
        });

    [Fact]
    public void EveryDayAsTheLibrary()
    {
        for (DateTime day = DateTime.UnixEpoch; day.Year < 2300; day = day.AddDays(1))
        {
            TextBuffer text = new(40);
            UtcTime.Append(text, (ulong)(day - DateTime.UnixEpoch).Ticks * 100);
            Assert.Equal(day.ToString("O", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text.Written));
        }
    }

    [Theory]
    [InlineData("a b c", new[] { "a", "b", "c" })]
    [InlineData("iperf", new[] { "iperf" })]
    public void ArgumentsAreTakenApart(string words, string[] expected)
    {
        Arguments arguments = FakeMachine.CommandLine(words);
        Assert.Equal(expected, Enumerable.Range(0, arguments.Count).Select(i => Encoding.ASCII.GetString(arguments[i])));
        Assert.True(arguments[expected.Length].IsEmpty);
        Assert.True(arguments[-1].IsEmpty);
    }

    [Fact]
    public void ArgumentsEndWithTheirText()
    {
        Arguments arguments = new("one\0two"u8, 5);
        Assert.Equal(1, arguments.Count);
        Assert.True(arguments[1].IsEmpty);
    }

    [Fact]
    public void EmptyArgumentsCount()
    {
        Arguments arguments = new("\0x\0"u8, 2);
        Assert.Equal(2, arguments.Count);
        Assert.Equal(1, arguments[1].Length);
    }

    [Fact]
    public void TheConsoleWritesWholeLines()
    {
        RingOS.User.Console.Write("one "u8);
        RingOS.User.Console.Write(2UL);
        Assert.Equal("", _machine.Output);
        RingOS.User.Console.Write("\nthree"u8);
        Assert.Equal("one 2\n", _machine.Output);
        RingOS.User.Console.Flush();
        Assert.Equal("one 2\nthree", _machine.Output);
    }

    [Fact]
    public void TheConsoleLosesNothingOfALongLine()
    {
        string text = new('x', 3000);
        RingOS.User.Console.WriteLine(Encoding.ASCII.GetBytes(text));
        Assert.Equal(text + "\n", _machine.Output);
    }

    [Fact]
    public void EventsAreJson()
    {
        new EventLine().Begin(FakeMachine.BootWall, "counted {Count}"u8).Add("Count"u8, ulong.MaxValue).AddNull("Nothing"u8).End();
        JsonElement line = JsonDocument.Parse(Assert.Single(_machine.Lines)).RootElement;
        Assert.Equal("2026-01-01T00:00:00.0000000Z", line.GetProperty("@t").GetString());
        Assert.Equal(ulong.MaxValue, line.GetProperty("Count").GetUInt64());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("Nothing").ValueKind);
    }

    [Fact]
    public void FailuresBecomeMinusOneAndErrno()
    {
        Assert.Equal(-1, Files.Open("/nowhere"u8));
        Assert.Equal(Status.NoSuchFile, Errno.Last);
        Assert.Equal(5, Errno.Check(5));
        Assert.Equal(Status.NoSuchFile, Errno.Last);
    }

    [Fact]
    public void HelloGreets()
    {
        Assert.Equal(0, Hello.HelloCommand.Run(FakeMachine.CommandLine("hello world")));
        Assert.Equal(["Hello from ring 3!", "argument 0: hello", "argument 1: world"], _machine.Lines);
    }
}
