// iperf over one NIC by ports and by memory: the same driver, the same datagrams, and what each way costs. The command: ringos run --nic
// rtl8139 --io port.
using System;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Compare;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>RTL8139, which has every register behind a port and in memory.</summary>
public sealed class PortRunTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    private const int Datagrams = 681;

    [Theory]
    [InlineData("monolithic", "port")]
    [InlineData("monolithic", "memory")]
    [InlineData("ring3", "port")]
    [InlineData("ring3", "memory")]
    public async Task EveryDatagramArrives(string placement, string window)
    {
        Assert.NotNull(fixture.Archive);
        using IperfServer server = new();
        string app = $"iperf -c {ServerAddress.Local(server.Port).Address} -u -n 1000000 -p {server.Port} --json";
        GuestRun run = await Machine.RunAsync(new MachineOptions
        {
            Kernel = Images.Kernel,
            Archive = Images.Archive,
            Nic = "rtl8139",
            CommandLine = KernelCommandLine.Format(placement, NicModel.Named("rtl8139"), window, app, Dials.Headline),
        });
        run.EnsureSuccess(placement);
        IperfReport? report = await server.NextReportAsync(TimeSpan.FromSeconds(10));

        Assert.NotNull(report);
        Assert.Equal(0, report.Lost);
        Assert.Equal(Datagrams, WindowEvent.Of(run, placement).Datagrams);
        Assert.Equal(0, WindowEvent.Of(run, placement).WriteErrors);
    }

    /// <summary>The same accesses, whichever way: the doorbell and the interrupt's acknowledgement are writes, two status words reads.</summary>
    [Theory]
    [InlineData("monolithic", "port")]
    [InlineData("monolithic", "memory")]
    [InlineData("ring3", "port")]
    [InlineData("ring3", "memory")]
    public async Task TheTraceCountsEachWayByItself(string placement, string window)
    {
        TracedWriteOptions options = new(Placement.Named(placement), "rtl8139", Dials.Headline, null) { Io = window };

        TraceEventsOf((await TracedWrite.RunAsync(options, static _ => { }, CancellationToken.None)).Timeline.Report.Events, window == "port");
    }

    private static void TraceEventsOf(RingOS.Trace.TraceEvents events, bool byPorts)
    {
        (long Reads, long Writes) accesses = (2, 2);
        (long Reads, long Writes) none = (0, 0);
        Assert.Equal(byPorts ? accesses : none, (events.PortReads, events.PortWrites));
        Assert.Equal(byPorts ? none : accesses, (events.MmioReads, events.MmioWrites));
    }
}
