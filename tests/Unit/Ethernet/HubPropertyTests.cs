// What holds on every hub whatever is sent: frames are conserved, delivered once, and nobody breaks in. Next: BitByBitTests.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class HubPropertyTests
{
    private const int Slot = 512;
    private const int LongestAllowed = 110; // there and back to a station as far away, and the unheeded part of the gap: 472 of 512

    [Fact]
    public void WithinLimitsEveryFrameIsDeliveredOnceOrGivenUp()
        => TrafficCase.Gen(LongestAllowed).Sample(
            static traffic =>
            {
                WireLog log = traffic.Play();
                AssertConserved(log, traffic);
                AssertDeliveredOnce(log);
                AssertNobodyBreaksIn(log);
                Assert.DoesNotContain(log.Sent, static sent => sent.Report.Outcome == TransmitOutcome.LateCollision);
                Assert.Equal(0, log.Medium.Statistics.Usage.Garbled);
            },
            iter: 300);

    [Fact]
    public void OnAnyCableFramesAreConservedAndNeverDeliveredTwice()
        => TrafficCase.Gen(5000).Sample(
            static traffic =>
            {
                WireLog log = traffic.Play();
                AssertConserved(log, traffic);
                HashSet<Frame> sent =
                [
                    .. log.Sent.Where(static end => end.Report.Outcome == TransmitOutcome.Sent).Select(static end => end.Frame),
                ];
                Assert.All(log.Received, heard => Assert.Contains(heard.Frame, sent));
                Assert.Equal(log.Received.Count, log.Received.Select(static heard => (heard.Station, heard.Frame.Id)).Distinct().Count());
            },
            iter: 300);

    [Fact]
    public void SameSeedSameHash()
        => TrafficCase.Gen(LongestAllowed).Sample(static traffic => Assert.Equal(HashOf(traffic), HashOf(traffic)), iter: 50);

    [Fact]
    public void AnotherSeedIsAnotherRun()
    {
        Assert.NotEqual(SaturatedHash(1), SaturatedHash(2));
        Assert.Equal(SaturatedHash(1), SaturatedHash(1));
    }

    [Fact]
    public void OneStationsDrawsDoNotDisturbAnothers()
    {
        // Whatever seed station 0 has, station 1 draws the same slots for its first frame.
        string[] draws = [.. new uint[] { 1, 2, 3 }.Select(static seed => FirstDrawsOfTheOther(seed))];
        Assert.Single(draws.Distinct());
    }

    private static string FirstDrawsOfTheOther(uint seed)
    {
        WireLog log = new(MediumOptions.OfStations(2));
        log.Medium.SetBackoffSeed(0, seed);
        log.Send(0, WireLog.FrameOf(1));
        log.Send(1, WireLog.FrameOf(2));
        log.Medium.Run(100);
        return string.Join(',', log.Backoffs.Where(static drawn => drawn.Station == 1).Select(static drawn => drawn.Slots));
    }

    private static string HashOf(TrafficCase traffic)
    {
        using MediumTrace trace = new();
        traffic.Play(trace);
        return trace.Hash;
    }

    private static string SaturatedHash(ulong seed)
    {
        using MediumTrace trace = new();
        WireLog log = new(MediumOptions.OfStations(4) with { Seed = seed }, trace);
        for (int id = 0; id < 40; id++)
            log.Send(id % 4, WireLog.FrameOf(id));
        log.Medium.Run(1_000_000);
        return trace.Hash;
    }

    private static void AssertConserved(WireLog log, TrafficCase traffic)
    {
        Assert.Equal(Medium.Never, log.Medium.NextEvent);
        Assert.Equal(0, log.Waiting);
        Assert.Equal(traffic.Offers.Length, log.Sent.Count);
        Assert.Equal(traffic.Offers.Length, log.Sent.Select(static sent => sent.Frame.Id).Distinct().Count());
        MediumStatistics statistics = log.Medium.Statistics;
        Assert.All(statistics.Stations, static station => Assert.Equal(0, station.Pending));
        Assert.Equal(traffic.Offers.Length, statistics.Total(static station => station.Offered));
        Assert.Equal(statistics.Elapsed, statistics.IdleTime + statistics.Usage.CarryingTime + statistics.Usage.CollisionTime);
        Assert.True(statistics.IdleTime >= 0);
        Assert.All(log.Sent, sent => Assert.Equal(
            sent.Report.Collisions + (sent.Report.Outcome == TransmitOutcome.Sent ? 1 : 0),
            log.Attempts.Count(attempt => attempt.Frame == sent.Frame)));
    }

    private static void AssertDeliveredOnce(WireLog log)
    {
        ILookup<Frame, int> heard = log.Received.ToLookup(static heard => heard.Frame, static heard => heard.Station);
        IEnumerable<int> everyone = Enumerable.Range(0, log.Medium.Stations);
        foreach (SentFrame sent in log.Sent)
        {
            bool isSent = sent.Report.Outcome == TransmitOutcome.Sent;
            Assert.Equal(isSent ? everyone.Where(station => station != sent.Station) : [], heard[sent.Frame].Order());
        }
    }

    private static void AssertNobodyBreaksIn(WireLog log)
    {
        foreach (SentFrame sent in log.Sent.Where(static sent => sent.Report.Outcome == TransmitOutcome.Sent))
        {
            Assert.DoesNotContain(log.Attempts, attempt => attempt.Station != sent.Station
                && attempt.At > sent.Report.StartedAt + Slot && attempt.At < sent.Report.EndedAt);
        }
    }
}
