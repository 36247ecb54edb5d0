// Real guests on the simulated wire. Subjects: tools/RingOS.Hub, tools/RingOS.Devices, drivers/nic/bcm5721
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Ethernet;
using RingOS.Host.Machines;
using RingOS.Hub;
using RingOS.Hub.Explain;
using RingOS.Hub.Report;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.System;

public sealed class HubRunTests : IClassFixture<SystemFixture>
{
    private const int IoError = 5;
    private const int NoBufferSpace = 105;

    private static readonly HubOptions s_short = new() { Milliseconds = 60, Completion = "wait" };

    [Fact]
    public async Task EveryFailedWriteIsALostFrameAndTheOtherWayRound()
    {
        HubResult result = await RunAsync(s_short);
        Assert.All(result.Hosts, static host => Assert.Null(host.Problem));
        Assert.Contains(result.Figures, static figures => figures.Excessive > 0);
        foreach (HostRun host in result.Hosts)
        {
            long lost = result.LostOf(host.Number).Count(static frame => frame.Datagram is > 0);
            Assert.Equal(lost, host.Report!.Failures.GetValueOrDefault(IoError));
            Assert.Equal(lost, host.Report.Failed);
            Assert.Equal(result.Medium.Stations[host.Number].Excessive, host.Report.Counters["ExcessiveCollisions"]);
        }
    }

    [Fact]
    public async Task WithWaitingWritesOnlyAnotherSeedOrTheClockedLinkMakesAnotherWire()
    {
        HashSet<string> traces = [];
        foreach (Placement placement in Placement.All.Where(static placement => placement.Name != HubOptions.PlacementWithTicks))
            _ = traces.Add((await RunAsync(s_short with { Placement = placement.Name })).TraceHash);
        Assert.Single(traces);
        Assert.NotEqual(traces.Single(), (await RunAsync(s_short with { Seed = 2 })).TraceHash);
        string queue = (await RunAsync(s_short with { Placement = HubOptions.PlacementWithTicks })).TraceHash;
        Assert.Equal(queue, (await RunAsync(s_short with { Placement = HubOptions.PlacementWithTicks })).TraceHash);
    }

    [Fact]
    public async Task QueuedWritesFailOnlyForQueues()
    {
        HubResult result = await RunAsync(s_short with { Completion = "queued" });
        Assert.Contains(result.Figures, static figures => figures.Excessive > 0);
        Assert.All(result.Hosts, static host => Assert.Equal(host.Report!.Failed, host.Report.Failures.GetValueOrDefault(NoBufferSpace)));
    }

    [Fact]
    public async Task NextTellsEachHostOfItsLosses()
    {
        HubResult result = await RunAsync(s_short with { Completion = "next" });
        Assert.Contains(result.Hosts, static host => host.Report!.Failures.GetValueOrDefault(IoError) > 0);
        Assert.All(result.Hosts, host => Assert.InRange(host.Report!.Failures.GetValueOrDefault(IoError), 0, result.LostOf(host.Number).Count()));
    }

    [Fact]
    public async Task ASwitchHasNoCollisions()
    {
        HubResult result = await RunAsync(s_short with { IsFullDuplex = true });
        Assert.All(result.Figures, static figures => Assert.Equal((0, 0), (figures.Collisions, figures.Excessive)));
        Assert.All(result.Hosts, static host => Assert.Equal(0, host.Report!.Failed));
    }

    [Fact]
    public async Task AnExplanationFollowsTheFirstFailureInBothPlacements()
    {
        HubResult result = await RunAsync(s_short);
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, HubJson.Format(result));
        FailureCase failure = FailureCase.First(HubJson.Read(file));
        File.Delete(file);
        Explanation explanation = await Explanation.OfAsync(failure, ["monolithic", "ring3"], CancellationToken.None);
        Assert.Equal(16, explanation.Wire.Count);
        Assert.All(explanation.Wire, static attempt => Assert.NotEmpty(attempt.Rivals));
        WriteWay monolithic = explanation.Ways[0];
        WriteWay ring3 = explanation.Ways[1];
        Assert.All(explanation.Ways, static way => Assert.Contains(Phases(way.Down), static phase => phase == Phase.Doorbell));
        Assert.All(explanation.Ways, static way => Assert.Contains(Phases(way.Up), static phase => phase == Phase.Interrupt));
        Assert.Equal(2, monolithic.Crossings);
        Assert.True(ring3.Crossings > monolithic.Crossings);
        Assert.DoesNotContain(monolithic.Down, static stretch => stretch.Lane.Domain == "nic");
        Assert.Contains(ring3.Down, static stretch => stretch.Lane.Domain == "nic" && stretch.Lane.Cpl == 3);
        Assert.Contains("How the wire reached the program", HubReport.Format(result, explanation), StringComparison.Ordinal);
    }

    private static IEnumerable<Phase> Phases(IEnumerable<WayStretch> way) => way.SelectMany(static stretch => stretch.Phases).Select(static phase => phase.Phase);

    private static async Task<HubResult> RunAsync(HubOptions options)
    {
        options.Check();
        using HubExperiment experiment = new(options);
        return await experiment.RunAsync(CancellationToken.None);
    }
}
