// CSMA/CD bit by bit: one, two and three stations whose times can be worked out by hand. Next: HubPropertyTests.cs
using System.Linq;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class HubTests
{
    private const int Short = 576; // bit times of the shortest frame, preamble included
    private const int Longest = 12208;

    [Theory]
    [InlineData(64, .7619)]
    [InlineData(1518, .9870)]
    public void OneStationFillsTheMediumButForPreambleAndGap(int wireBytes, double published)
    {
        const int Frames = 1000;
        WireLog log = new(MediumOptions.OfStations(1));
        int cycle = (wireBytes * 8) + 64 + 96;
        for (int id = 0; id < Frames + 10; id++)
            log.Send(0, WireLog.FrameOf(id, wireBytes - 4));
        log.Medium.Run((long)Frames * cycle);
        Assert.Equal(Frames, log.Sent.Count);
        Assert.Equal((double)wireBytes * 8 / cycle, log.Medium.Statistics.Utilisation);
        Assert.Equal(published, log.Medium.Statistics.Utilisation, 4);
        Assert.All(log.Sent, static sent => Assert.False(sent.Report.WasDeferred)); // its own gap is no deferral
    }

    [Fact]
    public void AFrameReachesEachStationAfterBothCables()
    {
        WireLog log = new(new MediumOptions { Delays = [5, 7, 0] });
        log.Medium.Run(100);
        log.Send(0, WireLog.FrameOf(1, 60));
        log.Medium.Run(10_000);
        Assert.Equal(100 + Short, Assert.Single(log.Sent).Report.EndedAt);
        Assert.Equal([(2, 100L + Short + 5), (1, 100L + Short + 12)], log.Received.Select(static heard => (heard.Station, heard.At)));
    }

    [Fact]
    public void AStationThatHearsAnotherWaitsForItsEndAndTheGap()
    {
        WireLog log = new(new MediumOptions { Delays = [10, 20] });
        log.Send(0, WireLog.FrameOf(1));
        log.Medium.Run(31);
        log.Send(1, WireLog.FrameOf(2));
        log.Medium.Run(100_000);
        Assert.Empty(log.Collisions);
        Assert.Equal([(1, 31L, Longest + 30L + 96)], log.Deferrals);
        Assert.Equal(Longest + 30 + 96, log.Attempts[1].At);
        Assert.True(log.Sent[1].Report.WasDeferred);
        Assert.False(log.Sent[0].Report.WasDeferred);
        Assert.Equal(1, log.Medium.Statistics.Stations[1].Deferred);
    }

    [Fact]
    public void WhoeverStartsBeforeTheSignalComesCollides()
    {
        WireLog log = new(new MediumOptions { Delays = [10, 20] });
        log.Send(0, WireLog.FrameOf(1));
        log.Medium.Run(30); // the signal arrives at this bit: not heard yet
        log.Send(1, WireLog.FrameOf(2));
        log.Medium.Run(59);
        Assert.Equal((1, 30L), (log.Collisions[0].Station, log.Collisions[0].At)); // at once
        Assert.Single(log.Collisions);
        log.Medium.Run(60);
        Assert.Equal((0, 60L), (log.Collisions[1].Station, log.Collisions[1].At)); // there and back
        log.Medium.Run(200);
        // Each ends its preamble, then jams, then draws 0 or 1.
        Assert.Equal(
            [(0, 64L + 32), (1, 30L + 64 + 32)],
            log.Backoffs.Select(static drawn => (drawn.Station, drawn.Until - (drawn.Slots * 512))));
    }

    [Fact]
    public void ACollisionAfterThePreambleIsJammedAtOnce()
    {
        WireLog log = new(new MediumOptions { Delays = [50, 50] });
        log.Send(0, WireLog.FrameOf(1));
        log.Medium.Run(90);
        log.Send(1, WireLog.FrameOf(2));
        log.Medium.Run(1000);
        Assert.Equal(190, log.Collisions.Single(static found => found.Station == 0).At);
        DrawnBackoff drawn = log.Backoffs.First(static drawn => drawn.Station == 0);
        Assert.Equal(190 + 32, drawn.Until - (drawn.Slots * 512));
    }

    [Theory]
    [InlineData(64, 0, true)] // in the second part: the waiting station starts all the same, and collides
    [InlineData(63, 0, false)] // in the first part: it waits again
    [InlineData(64, 32, true)]
    [InlineData(31, 32, false)]
    [InlineData(1, 64, true)]
    [InlineData(0, 64, false)] // no silence between the two: no gap has begun
    public void TheGapHasTwoParts(int arrival, int shorter, bool collides)
    {
        // Station 2 hears the end of 0's frame at bit 578; far away, 1 begins so that 2 hears it at the given bit of the gap.
        WireLog log = new(new MediumOptions { Delays = [0, 500, 2], InterFrameGapPart1 = 64 - shorter });
        log.Send(0, WireLog.FrameOf(1, 60));
        log.Medium.Run(Short + 2 + arrival - 502);
        log.Send(1, WireLog.FrameOf(2, 60));
        log.Medium.Run(Short - 10);
        log.Send(2, WireLog.FrameOf(3, 60));
        log.Medium.Run(Short + 2 + 96);
        Assert.Equal(collides, log.Attempts.Any(static attempt => attempt.Station == 2));
    }

    [Fact]
    public void AFrameIsGivenUpAfterSixteenCollisions()
    {
        // Both MACs are seeded alike, so they draw alike for ever.
        WireLog log = new(MediumOptions.OfStations(2));
        log.Medium.SetBackoffSeed(0, 7);
        log.Medium.SetBackoffSeed(1, 7);
        log.Send(0, WireLog.FrameOf(1));
        log.Send(1, WireLog.FrameOf(2));
        log.Medium.Run(10_000_000);
        Assert.All(log.Sent, static sent => Assert.Equal(TransmitOutcome.ExcessiveCollisions, sent.Report.Outcome));
        Assert.All(log.Sent, static sent => Assert.Equal(16, sent.Report.Collisions));
        Assert.Equal(2, log.Sent.Count);
        Assert.Empty(log.Received);
        Assert.Equal(15, log.Backoffs.Count(static drawn => drawn.Station == 0));
        Assert.All(log.Backoffs, static drawn => Assert.InRange(drawn.Slots, 0, 1023));
        Assert.All(log.Backoffs.Take(2), static drawn => Assert.InRange(drawn.Slots, 0, 1));
        Assert.Equal(1, log.Medium.Statistics.Stations[1].Excessive);
        Assert.Equal(0, log.Medium.Statistics.Stations[1].Pending);
    }

    [Theory]
    [InlineData(128, false)] // round trip of 512 bit times: noticed just within the slot
    [InlineData(129, true)]
    public void ACableThatIsTooLongGivesLateCollisions(int delay, bool isLate)
    {
        WireLog log = new(MediumOptions.OfStations(2, delay));
        log.Send(0, WireLog.FrameOf(1));
        log.Medium.Run(2 * delay); // the last bit at which the other does not hear it
        log.Send(1, WireLog.FrameOf(2));
        log.Medium.Run(2000);
        bool wasLate = log.Sent.Any(static sent => sent.Station == 0 && sent.Report.Outcome == TransmitOutcome.LateCollision);
        Assert.Equal(isLate, wasLate);
        Assert.Equal(isLate ? 1 : 0, log.Medium.Statistics.Stations[0].Late);
    }

    [Fact]
    public void OnAbsurdCablesShortFramesAreLostUnnoticed()
    {
        WireLog log = new(new MediumOptions { Delays = [1000, 1000, 0] });
        log.Send(0, WireLog.FrameOf(1, 60));
        log.Send(1, WireLog.FrameOf(2, 60));
        log.Medium.Run(10_000);
        Assert.All(log.Sent, static sent => Assert.Equal(TransmitOutcome.Sent, sent.Report.Outcome));
        Assert.Empty(log.Received);
        Assert.Equal(2, log.Medium.Statistics.Usage.Garbled);
        Assert.Equal(0, log.Medium.Statistics.Usage.FrameBits);
    }

    [Fact]
    public void TimeGoesToFramesCollisionsAndSilence()
    {
        WireLog log = new(MediumOptions.OfStations(2));
        log.Send(0, WireLog.FrameOf(1));
        log.Send(1, WireLog.FrameOf(2));
        log.Medium.Run(1_000_000);
        MediumStatistics statistics = log.Medium.Statistics;
        Assert.Equal(2L * Longest, statistics.Usage.CarryingTime);
        int rounds = log.Collisions.Count(static found => found.Station == 0);
        Assert.Equal(rounds * 96L, statistics.Usage.CollisionTime);
        Assert.Equal(1_000_000 - (2L * Longest) - (rounds * 96L), statistics.IdleTime);
        Assert.Equal(2, statistics.Total(static station => station.SingleCollision + station.MultipleCollision));
    }
}
