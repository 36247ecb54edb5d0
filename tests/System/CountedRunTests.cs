// iperf in each placement, counted: nothing lost, the same numbers every time, layers that add up. design.md section 7.
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Trace;
using Serilog.Core;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Instructions are counted, not timed, so these numbers are exact on any machine.</summary>
public sealed class CountedRunTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    private const int Count = 2_000;

    private readonly ComparisonOptions _options = new() { Count = Count };

    /// <summary>Placement, then per datagram: ring crossings, address-space switches, messages, the bar for instructions.</summary>
    public static TheoryData<string, int, int, int, int> Placements => new()
    {
        { "monolithic", 4, 0, 0, 1_200 },
        { "software", 2, 0, 2, 1_600 },
        { "ring1", 6, 0, 2, 1_700 },
        { "ring1-keys", 6, 0, 2, 1_800 },
        { "ring3", 6, 2, 2, 1_900 },
        { "microkernel", 10, 4, 4, 2_600 },
    };

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task EveryDatagramArrives(string placement, int crossings, int switches, int messages, int mostInstructions)
    {
        using Laboratory laboratory = new(_options, Logger.None);

        Measurement run = await laboratory.CountAsync(Placement.Named(placement), CancellationToken.None);

        Assert.NotNull(fixture.Archive);
        Assert.Equal(Count, run.Window.Datagrams);
        Assert.Equal(Count, run.Received);
        Assert.Equal(0, run.Window.WriteErrors);
        Assert.Equal("offload", run.Checksum);
        EventCounts events = run.Window.Counts;
        Assert.Equal(Count * crossings, events.RingCrossings);
        Assert.Equal(Count * switches, events.AddressSpaceSwitches);
        Assert.Equal(Count * messages, events.Messages);
        Assert.Equal(Count, events.Interrupts);
        Assert.Equal(Count * _options.Bytes, events.CopiedBytes);
        Assert.InRange(run.Window.InstructionsPerDatagram, 500, mostInstructions);
    }

    /// <summary>32 frames at a time, moderated interrupts: what a queue saves is nearly all that its walls cost.</summary>
    [Fact]
    public async Task InBatchesAQueueCostsLittleMoreThanNoWall()
    {
        using Laboratory laboratory = new(_options with { Dials = Dials.Batches }, Logger.None);

        Measurement plain = await laboratory.CountAsync(Placement.Named("monolithic"), CancellationToken.None);
        Measurement queue = await laboratory.CountAsync(Placement.Named("ring3-queue"), CancellationToken.None);

        Assert.Equal((Count, Count), (plain.Received, queue.Received));
        Assert.Equal((0, 0), (plain.Window.WriteErrors, queue.Window.WriteErrors));
        Assert.Equal(0, queue.Window.Counts.Messages);
        Assert.InRange(queue.Window.InstructionsPerDatagram / plain.Window.InstructionsPerDatagram, 1.0, 1.2);
    }

    [Theory]
    [InlineData("monolithic")]
    [InlineData("software")]
    [InlineData("ring1-keys")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public async Task TwoRunsGiveIdenticalCounts(string placement)
    {
        using Laboratory laboratory = new(_options, Logger.None);

        WindowEvent first = (await laboratory.CountAsync(Placement.Named(placement), CancellationToken.None)).Window;
        WindowEvent second = (await laboratory.CountAsync(Placement.Named(placement), CancellationToken.None)).Window;

        Assert.Equal(first.WindowTicks, second.WindowTicks);
        Assert.Equal(first.IdleTicks, second.IdleTicks);
        Assert.Equal(first.Counts, second.Counts);
    }

    /// <summary>That the sum is the guest's own tick count, and the events the kernel's, <see cref="CountProfiler"/> checks in every run.</summary>
    [Theory]
    [MemberData(nameof(AllPlacements))]
    public async Task LayersAddUpToTheTickAndTheInstrumentChangesNone(string placement)
    {
        using Laboratory laboratory = new(_options, Logger.None);

        ProfiledRun run = await laboratory.ProfileAsync(Placement.Named(placement), CancellationToken.None);
        Measurement without = await laboratory.CountAsync(Placement.Named(placement), CancellationToken.None);

        Assert.Equal(without.Window.WindowTicks, run.Measurement.Window.WindowTicks);
        Assert.Equal(without.Window.Counts, run.Measurement.Window.Counts);
        double ticks = (double)(without.Window.WindowTicks - without.Window.IdleTicks) / Count;
        Assert.Equal(ticks, run.Profile.Layers.Values.Sum(), tolerance: without.Window.IdleTicks == 0 ? 1e-9 : 1);
        Assert.Equal(run.Profile.Layers.Values.Sum(), run.Profile.Methods.Sum(static method => method.Instructions), precision: 6);
        Assert.InRange(run.Profile.OtherShare, 0, 0.03);
        Assert.Equal(1, run.Profile.MmioReads, tolerance: 0.05);
        Assert.Equal(2, run.Profile.MmioWrites, tolerance: 0.05); // the doorbell, and the end of the throttling interval
    }

    /// <summary>Names of all placements.</summary>
    public static TheoryData<string> AllPlacements => [.. Placement.All.Select(static placement => placement.Name)];

    /// <summary>The order of the instructions knows what counts alone must tell by rules: layers of helpers, crossings, interrupts.</summary>
    [Theory]
    [MemberData(nameof(AllPlacements))]
    public async Task CountsSayWhatTheOrderOfTheInstructionsSays(string placement)
    {
        (TraceReport counted, IReadOnlyList<int> times) = await InstrumentedRun.CountAsync(placement, fixture.Archive);
        (TraceReport recorded, IReadOnlyList<int> recordedTimes) = await InstrumentedRun.RecordAsync(placement, fixture.Archive);

        Assert.Equal(recorded.Instructions, counted.Instructions);
        Assert.Equal(LayersOf(recorded), LayersOf(counted));
        Assert.Equal(recorded.Methods.Select(Describe), counted.Methods.Select(Describe));
        Assert.Equal(recorded.InstructionsPerCpl, counted.InstructionsPerCpl);
        Assert.Equal(recorded.Events.CrossingsByKind.OrderBy(static kind => kind.Key.ToString()), counted.Events.CrossingsByKind.OrderBy(static kind => kind.Key.ToString()));
        Assert.Equal(recorded.Events with { CrossingsByKind = counted.Events.CrossingsByKind }, counted.Events);
        Assert.NotEmpty(times);
        Assert.Equal(recordedTimes, times);
    }

    private static SortedDictionary<string, long> LayersOf(TraceReport report)
        => new(report.Layers.ToDictionary(static layer => $"{layer.Key}", static layer => (long)layer.Value));

    private static string Describe(MethodCount row) => $"{row.Method.Image}: {row.Method.Name} {row.Instructions} {row.Entries}";

    [Fact]
    public async Task PrimitivesStayBelowTheirBars()
    {
        using Laboratory laboratory = new(_options, Logger.None);

        PrimitiveCosts costs = await laboratory.MeasurePrimitivesAsync(CancellationToken.None);

        Assert.InRange(costs.NullSyscall, 1, 60);
        Assert.InRange(costs.IpcRoundTrip, 1, 400);
    }
}
