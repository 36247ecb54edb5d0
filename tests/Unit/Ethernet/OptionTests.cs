// Impossible media, frames and calls are refused with a reason; times convert exactly. Next: TraceTests.cs
using System;
using CsCheck;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class OptionTests
{
    public static TheoryData<MediumOptions, string> Impossible => new()
    {
        { MediumOptions.OfStations(0), "0 stations: choose 1 to 1024" },
        { MediumOptions.OfStations(1025), "1025 stations" },
        { new MediumOptions { Delays = [0, -3] }, "a delay of -3 bit times" },
        { MediumOptions.OfStations(1, 1_000_001), "a delay of 1000001 bit times" },
        { MediumOptions.OfStations(1) with { BitsPerSecond = 1_000_000_000 }, "a medium of 1000000000 bit/s" },
        { MediumOptions.OfStations(1) with { Topology = (Topology)9 }, "no topology 9" },
        { MediumOptions.OfStations(1) with { InterFrameGapPart1 = 65 }, "first part of the inter-frame gap of 65" },
        { MediumOptions.OfStations(1) with { SwitchQueueFrames = 0 }, "a switch queue of 0 frames" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void AnImpossibleMediumIsRefused(MediumOptions options, string reason)
    {
        using StationCaptures nobody = new(0, default, static _ => throw new InvalidOperationException());
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => Medium.Create(options, nobody)).Message);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(1515)]
    [InlineData(-1)]
    public void AnAbsurdFrameIsRefused(int length)
    {
        Assert.Contains($"a frame of {length} bytes", Assert.Throws<ArgumentException>(() => WireLog.FrameOf(1, length)).Message);
        if (length >= 0)
            Assert.Throws<ArgumentException>(() => new Frame(1, new byte[length]));
    }

    [Fact]
    public void ABusyMacTakesNoFrame()
    {
        WireLog log = new(MediumOptions.OfStations(2));
        log.Medium.Offer(1, WireLog.FrameOf(7));
        Assert.True(log.Medium.IsBusy(1));
        Assert.Equal(
            "station 1 is offered frame 8 while its MAC is busy: wait for OnSent",
            Assert.Throws<ArgumentException>(() => log.Medium.Offer(1, WireLog.FrameOf(8))).Message);
        log.Medium.Run(100_000);
        Assert.False(log.Medium.IsBusy(1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void AStationThatIsNotThereIsRefused(int station)
    {
        WireLog log = new(MediumOptions.OfStations(2));
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => log.Medium.Offer(station, WireLog.FrameOf(8)));
        Assert.Contains($"no station {station}", refusal.Message);
        Assert.Throws<ArgumentException>(() => log.Medium.SetBackoffSeed(station, 1));
    }

    [Fact]
    public void TimeDoesNotRunBackwards()
    {
        WireLog log = new(MediumOptions.OfStations(1));
        log.Medium.Run(10);
        log.Medium.Run(10);
        Assert.Throws<ArgumentException>(() => log.Medium.Run(9));
        Assert.Throws<ArgumentException>(() => log.Medium.Run(Medium.Never));
        Assert.Equal(10, log.Medium.Now);
    }

    [Fact]
    public void AnObserverCannotRunTheMedium()
    {
        Runner runner = new();
        runner.Medium = Medium.Create(MediumOptions.OfStations(1), runner);
        runner.Medium.Offer(0, WireLog.FrameOf(1));
        Assert.Throws<InvalidOperationException>(() => runner.Medium.Run(100_000));
    }

    [Theory]
    [InlineData(0, 1518, 2.0, "0 stations")]
    [InlineData(1, 63, 2.0, "frames of 63 bytes")]
    [InlineData(1, 1519, 2.0, "frames of 1519 bytes")]
    [InlineData(1, 1518, 0.0, "a time of 0 s")]
    [InlineData(1, 1518, double.NaN, "a time of NaN s")]
    public void AnImpossibleSweepIsRefused(int stations, int bytes, double seconds, string reason)
    {
        LoadOptions options = new() { Stations = [stations], FrameBytes = bytes, Seconds = seconds };
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new LoadSweep(options)).Message);
    }

    [Fact]
    public void BitTimesAndNanosecondsConvertExactly()
        => Gen.Select(Gen.Long[0, long.MaxValue / 200], Gen.Bool).Sample(static (bits, isSlow) =>
        {
            BitClock clock = new(isSlow ? 10_000_000 : 100_000_000);
            long nanoseconds = clock.ToNanoseconds(bits);
            Assert.Equal(bits, clock.ToBits(nanoseconds));
            Assert.Equal(bits, clock.ToBitsRoundedUp(nanoseconds));
            Assert.Equal(bits, clock.ToBits(nanoseconds + clock.NanosecondsPerBit - 1));
            Assert.Equal(bits + 1, clock.ToBitsRoundedUp(nanoseconds + 1));
        });

    [Fact]
    public void DelaysKeepTheirPercentiles()
        => Gen.Long[0, 1L << 40].Array[1, 200].Sample(static delays =>
        {
            DelayHistogram histogram = new();
            foreach (long delay in delays)
                histogram.Add(delay);
            Array.Sort(delays);
            foreach (double share in new[] { .5, .99, 1 })
            {
                long exact = delays[(int)Math.Ceiling(share * delays.Length) - 1];
                Assert.InRange(histogram.Percentile(share), exact, exact + (exact / 32));
            }
        });

    private sealed class Runner : IMediumObserver
    {
        public Medium? Medium { get; set; }

        public void OnSent(int station, Frame frame, TransmitReport report) => Medium!.Run(1_000_000);

        public void OnReceived(int station, Frame frame, long at)
        {
        }
    }
}
