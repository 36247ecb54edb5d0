// The switch for contrast: nobody collides, but queues are finite. Next: OptionTests.cs
using System.Linq;
using CsCheck;
using RingOS.Ethernet;
using Xunit;

namespace RingOS.Tests.Unit.Ethernet;

public sealed class SwitchTests
{
    private const int Short = 576;

    [Fact]
    public void AFrameIsStoredThenForwardedToWhomItIsFor()
    {
        WireLog log = new(Options([3, 4, 5]));
        log.Send(1, WireLog.FrameOf(1, 60, from: 1, to: 2)); // unknown: to all
        log.Medium.Run(2000);
        Assert.Equal([0, 2], log.Received.Select(static heard => heard.Station).Order());
        Assert.Equal((2 * Short) + 4 + 5, log.Received.Single(static heard => heard.Station == 2).At);
        log.Send(0, WireLog.FrameOf(2, 60, from: 0, to: 1)); // learned
        log.Medium.Run(4000);
        Assert.Equal(1, log.Received[^1].Station);
        Assert.Equal(3, log.Received.Count);
    }

    [Fact]
    public void BothDirectionsAtOnce()
    {
        WireLog log = new(Options([0, 0]));
        log.Send(0, WireLog.FrameOf(1, 60, 0, 1));
        log.Send(1, WireLog.FrameOf(2, 60, 1, 0));
        log.Medium.Run(2 * Short);
        Assert.Empty(log.Collisions);
        Assert.Equal(2, log.Received.Count);
    }

    [Fact]
    public void TwoIntoOneOverflowsItsQueue()
    {
        WireLog log = new(Options([0, 0, 0]) with { SwitchQueueFrames = 4 });
        log.Send(2, WireLog.FrameOf(0, 60, from: 2, to: 0)); // so that it is known
        log.Medium.Run(2000);
        for (int id = 1; id <= 50; id++)
        {
            log.Send(0, WireLog.FrameOf(id, 60, 0, 2));
            log.Send(1, WireLog.FrameOf(100 + id, 60, 1, 2));
        }
        log.Medium.Run(1_000_000);
        long drops = log.Medium.Statistics.Usage.QueueDrops;
        Assert.InRange(drops, 40, 50); // one in two, but for what the queue holds
        Assert.Equal(100, log.Received.Count(static heard => heard.Station == 2) + drops);
        Assert.Equal(101, log.Medium.Statistics.Total(static station => station.Sent));
    }

    [Fact]
    public void EveryFrameIsDeliveredOnceOrDropped()
        => TrafficCase.Gen(5000).Sample(
            static traffic =>
            {
                MediumOptions options = traffic.Options with { Topology = Topology.Switch, SwitchQueueFrames = 2 };
                WireLog log = (traffic with { Options = options }).Play();
                Assert.Equal(traffic.Offers.Length, log.Sent.Count);
                Assert.All(log.Sent, static sent => Assert.Equal(TransmitOutcome.Sent, sent.Report.Outcome));
                Assert.Equal(log.Received.Count, log.Received.Select(static heard => (heard.Station, heard.Frame.Id)).Distinct().Count());
                Assert.DoesNotContain(log.Received, heard => heard.Station == traffic.Offers[(int)heard.Frame.Id].Station);
                Assert.Equal(Medium.Never, log.Medium.NextEvent);
            },
            iter: 200);

    [Fact]
    public void ASwitchCarriesMoreThanAHub()
    {
        LoadOptions hub = new() { Seconds = .05 };
        double shared = new LoadSweep(hub).RunOne(8, load: null).Utilisation;
        double switched = new LoadSweep(hub with { Topology = Topology.Switch }).RunOne(8, load: null).Utilisation;
        Assert.InRange(shared, .9, .987);
        Assert.InRange(switched, 7.8, 8 * .987);
    }

    private static MediumOptions Options(int[] delays) => new() { Delays = delays, Topology = Topology.Switch };
}
