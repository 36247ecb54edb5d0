// The order of `ringos compare --all`. A part that fails leaves a gap with its reason, and the others go on. Next: LadderResult.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using Serilog;

namespace RingOS.Host.Compare;

/// <summary>Measures everything the report page shows.</summary>
/// <param name="options">How much.</param>
/// <param name="sources">What others measure.</param>
/// <param name="log">For the machines.</param>
/// <param name="onStep">Told before every machine.</param>
public sealed class Ladder(LadderOptions options, LadderSources sources, ILogger log, Action<ComparisonStep> onStep)
{
    // Besides the run that the headline comparison makes: two other peers, and all three by the clock.
    private const int OtherPrimitives = 2 + 3;

    private readonly List<SizePoint> _sizes = [];
    private readonly List<LatencyDistribution> _latencies = [];
    private readonly List<ReceiveFigure> _received = [];
    private readonly List<FaultOutcome> _faults = [];
    private readonly List<Gap> _gaps = [];
    private readonly List<MachineRecord> _machines = [];
    private readonly List<SizePoint> _unchecked = [];
    private PrimitiveCosts? _primitives;
    private PrimitiveCosts? _timedPrimitives;
    private int _done;

    /// <summary>How many machines it runs.</summary>
    public int Total
        => LadderOptions.Settings.Sum(dials => Comparison.MachinesOf(options.ComparisonIn(dials)) + (OtherSizes.Count() * Columns))
            + (Dials.CompletionWords.Count * Columns) + OtherPrimitives + (CheckedByLanguage is null ? 0 : LadderOptions.Settings.Count)
            + (sources.Receive is null ? 0 : ReceiveFigure.Kinds.Count * Columns) + (sources.Faults?.Machines ?? 0);

    private Placement? CheckedByLanguage
        => options.Placements.FirstOrDefault(static placement => placement.Name == LadderOptions.CheckedByLanguage);

    private int Columns => options.Placements.Count;

    private IEnumerable<int> OtherSizes => options.Sizes.Where(bytes => bytes != options.Comparison.Bytes);

    /// <summary>Runs everything.</summary>
    public async Task<LadderResult> RunAsync(CancellationToken cancellation)
    {
        List<ComparisonResult> comparisons = [];
        foreach (Dials dials in LadderOptions.Settings)
            comparisons.Add(await CompareAsync(dials, cancellation));
        foreach (Dials dials in LadderOptions.Settings)
            await SweepSizesAsync(dials, comparisons[comparisons.FindIndex(result => result.Options.Dials == dials)], cancellation);
        foreach (string completion in Dials.CompletionWords)
            await MeasureLatencyAsync(completion, cancellation);
        await MeasureUncheckedAsync(cancellation);
        await MeasurePrimitivesAsync(comparisons[0].Primitives, cancellation);
        await ReceiveAsync(cancellation);
        await MisbehaveAsync(cancellation);
        return ResultOf(comparisons);
    }

    private async Task<ComparisonResult> CompareAsync(Dials dials, CancellationToken cancellation)
    {
        ComparisonOptions setting = options.ComparisonIn(dials);
        using Laboratory laboratory = new(setting, log);
        Comparison comparison = new(setting, laboratory, step => Step($"batch={dials.Batch}, {step.What}"));
        ComparisonResult result = await comparison.RunAsync(cancellation);
        string part = dials == Dials.Headline ? LadderPart.Headline : LadderPart.Batches;
        foreach (ComparisonFailure failure in result.Failures)
            AddGap(failure.Placement is null ? LadderPart.Primitives : part, failure.Placement?.Name ?? "counted", failure.Message);
        _machines.AddRange(laboratory.Machines);
        return result;
    }

    private async Task SweepSizesAsync(Dials dials, ComparisonResult comparison, CancellationToken cancellation)
    {
        foreach (PlacementResult column in comparison.Placements)
            _sizes.Add(new SizePoint(column.Placement.Name, dials, comparison.Options.Bytes, column.InstructionsPerDatagram));
        foreach (int bytes in OtherSizes)
            await InEveryPlacementAsync(options.OfSize(dials, bytes), LadderPart.Sizes, $"{bytes} bytes, batch={dials.Batch}", cancellation,
                async (laboratory, placement) => _sizes.Add(new SizePoint(placement.Name, dials, bytes,
                    (await laboratory.CountAsync(placement, cancellation)).Window.InstructionsPerDatagram)));
    }

    private Task MeasureLatencyAsync(string completion, CancellationToken cancellation)
        => InEveryPlacementAsync(options.Timing(completion), LadderPart.Latency, $"completion={completion}", cancellation,
            async (laboratory, placement) => _latencies.Add(await laboratory.LatencyAsync(placement, cancellation)));

    private async Task InEveryPlacementAsync(ComparisonOptions setting, string part, string what, CancellationToken cancellation,
        Func<Laboratory, Placement, Task> measure)
    {
        using Laboratory laboratory = new(setting, log);
        foreach (Placement placement in options.Placements)
        {
            cancellation.ThrowIfCancellationRequested();
            await TryAsync(part, $"{placement.Name}, {what}", () => measure(laboratory, placement));
        }
        _machines.AddRange(laboratory.Machines);
    }

    // The same placement on a kernel whose hardware library checks nothing: what is missing then is the price of checking.
    private async Task MeasureUncheckedAsync(CancellationToken cancellation)
    {
        if (CheckedByLanguage is not { } placement)
            return;
        foreach (Dials dials in LadderOptions.Settings)
        {
            using Laboratory laboratory = new(options.ComparisonIn(dials) with { Kernel = Images.UncheckedKernel }, log);
            await TryAsync(LadderPart.Checks, $"batch={dials.Batch}", async () => _unchecked.Add(new SizePoint(
                LadderOptions.UncheckedName, dials, options.Comparison.Bytes,
                (await laboratory.CountAsync(placement, cancellation)).Window.InstructionsPerDatagram)));
            _machines.AddRange(laboratory.Machines);
        }
    }

    private async Task MeasurePrimitivesAsync(PrimitiveCosts? apart, CancellationToken cancellation)
    {
        using Laboratory laboratory = new(options.Comparison, log);
        _primitives = await WithOtherPeersAsync(apart, byClock: false);
        _timedPrimitives = await WithOtherPeersAsync(await WithPeerAsync(PrimitivePeer.Apart, byClock: true), byClock: true);
        _machines.AddRange(laboratory.Machines);

        async Task<PrimitiveCosts?> WithOtherPeersAsync(PrimitiveCosts? alone, bool byClock)
        {
            PrimitiveCosts? within = await WithPeerAsync(PrimitivePeer.Within, byClock);
            PrimitiveCosts? withKeys = await WithPeerAsync(PrimitivePeer.WithKeys, byClock);
            return alone?.Beside(within, withKeys);
        }

        async Task<PrimitiveCosts?> WithPeerAsync(PrimitivePeer peer, bool byClock)
        {
            PrimitiveCosts? found = null;
            await TryAsync(LadderPart.Primitives, $"{peer.Title}, {(byClock ? "plain TCG" : "counted")}",
                async () => found = await laboratory.PrimitivesAsync(peer, byClock, cancellation));
            return found;
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellation)
    {
        if (sources.Receive is not { } receive)
        {
            AddGap(LadderPart.Receive, "all placements", "this build has no receiving laboratory");
            return;
        }
        foreach (string kind in ReceiveFigure.Kinds)
        {
            foreach (Placement placement in options.Placements)
                await TryAsync(LadderPart.Receive, $"{placement.Name}, {kind}",
                    async () => _received.Add(await receive.MeasureAsync(placement, kind, cancellation)));
        }
        _machines.AddRange(receive.Machines);
    }

    private async Task MisbehaveAsync(CancellationToken cancellation)
    {
        if (sources.Faults is not { } faults)
        {
            AddGap(LadderPart.Faults, "all placements", "this build has no fault injector");
            return;
        }
        try
        {
            _faults.AddRange(await faults.RunAsync(Step, cancellation));
        }
        catch (RingOsException failure)
        {
            AddGap(LadderPart.Faults, "all placements", failure.Message);
        }
    }

    private async Task TryAsync(string part, string what, Func<Task> run)
    {
        Step($"{part}: {what}");
        try
        {
            await run();
        }
        catch (RingOsException failure)
        {
            AddGap(part, what, failure.Message);
        }
    }

    private void Step(string what) => onStep(new ComparisonStep(_done++, Total, what));

    // The first line says what happened; the serial lines below it are in the log.
    private void AddGap(string part, string what, string reason)
    {
        log.Warning("not measured: {Part}, {What}: {Reason}", part, what, reason);
        _gaps.Add(new Gap(part, what, FirstLine(reason)));
    }

    private static string FirstLine(string reason)
        => reason.Split('\n')[0].Replace("; the serial line ended with", "", StringComparison.Ordinal);

    private LadderResult ResultOf(List<ComparisonResult> comparisons) => new()
    {
        Options = options,
        Comparisons = comparisons,
        Sizes = _sizes,
        Unchecked = _unchecked,
        Latencies = _latencies,
        Received = _received,
        Primitives = _primitives,
        TimedPrimitives = _timedPrimitives,
        Faults = _faults,
        Gaps = _gaps,
        Machines = _machines,
    };
}
