// Time in iperf: the running delay and the stamps. Next: TextTests.cs
using CsCheck;
using RingOS.Iperf;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class IperfPacingTests
{
    private readonly FakeMachine _machine = new();

    [Theory]
    [InlineData(1470, 50_000_000, 235_200)]
    [InlineData(1470, 5_000_000, 2_352_000)]
    [InlineData(64, 10_000_000, 51_200)]
    [InlineData(1470, 0, 0)]
    public void TargetIsTheGap(int length, ulong bandwidth, ulong nanoseconds)
        => Assert.Equal(nanoseconds, Pacer.TargetTicks(length, bandwidth));

    [Fact]
    public void DelayRunsOn()
    {
        Pacer pacer = new(200_000);
        pacer.Start(1_000_000);
        Assert.Equal(200_000, pacer.Advance(1_000_000)); // due in full
        Assert.Equal(190_000, pacer.Advance(1_210_000)); // slept 10 us too long: taken off
        Assert.Equal(-10_000, pacer.Advance(1_610_000)); // late: no sleep
        Assert.Equal(180_000, pacer.Advance(1_620_000));
    }

    [Fact]
    public void AFailedWriteEarnsNoGap()
    {
        Pacer pacer = new(200_000);
        pacer.Start(0);
        Assert.Equal(200_000, pacer.Advance(0));
        pacer.OnWriteFailed();
        Assert.Equal(150_000, pacer.Advance(50_000));
        Assert.Equal(300_000, pacer.Advance(100_000)); // earned again
    }

    [Fact]
    public void ArrearsAreForgiven()
    {
        Pacer pacer = new(200_000);
        pacer.Start(0);
        Assert.Equal(200_000, pacer.Advance(600_000_000));
    }

    [Fact]
    public void SleepsFromAHundredMicroseconds() => Assert.Equal(100_000, new Pacer(1).ShortestSleep);

    [Fact]
    public void WithoutATargetThereIsNoDelay()
        => Gen.ULong[0, 2_000_000_000].Array[1, 50].Sample(turns =>
        {
            _ = new FakeMachine();
            Pacer pacer = new(0);
            pacer.Start(0);
            ulong now = 0;
            foreach (ulong turn in turns)
            {
                if (pacer.Advance(now += turn) > 0)
                    return false;
            }
            return true;
        }, threads: 1);

    [Fact]
    public void StampsAreTheWallClockCutToMicroseconds()
        => Gen.Select(Gen.ULong[1_000_000, 5_000_000_000], Gen.ULong[0, 1UL << 40], Gen.ULong[0, 20_000_000_000]).Sample(times =>
        {
            (ulong ticksPerSecond, ulong start, ulong later) = times;
            Clock.Calibrate(ticksPerSecond, 0, FakeMachine.BootWall);
            TimestampClock clock = new();
            clock.Start(start);
            clock.Advance(start + later);
            uint microseconds = clock.MicrosecondsAt(start + later);
            ulong stamp = clock.Seconds * 1_000_000UL + microseconds;
            ulong exact = Clock.WallAt(start + later) / 1000;
            ulong difference = stamp > exact ? stamp - exact : exact - stamp;
            return microseconds < 1_000_000 && difference <= 3;
        }, threads: 1);

    [Theory]
    [InlineData(1470, 512_000, "22968.75")]
    [InlineData(1470, 1024 * 1024, "11215.21")]
    [InlineData(1470, 2_000_000_000, "5.88")]
    [InlineData(1470, 100_000, "117600.00")]
    [InlineData(64, 10_000_000, "51.20")]
    public void HeadingNamesTheGapAsIperf(int length, ulong bandwidth, string expected)
    {
        new ReportLines().PrintHeading(new IperfOptions { Length = length, Bandwidth = bandwidth });
        Assert.Equal($"Sending {length} byte datagrams, IPG target: {expected} us", _machine.Lines[2]);
    }
}
