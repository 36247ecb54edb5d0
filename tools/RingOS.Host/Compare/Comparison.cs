// The order of a comparison: first what is exact, then rounds against the clock. Next: ComparisonResult.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Machines;

namespace RingOS.Host.Compare;

/// <summary>How far a comparison is.</summary>
/// <param name="Done">Machines that have ended.</param>
/// <param name="Total">Machines in all.</param>
/// <param name="What">What runs now.</param>
public sealed record ComparisonStep(int Done, int Total, string What);

/// <summary>Runs a comparison. A placement that fails once is left out from then on, and the others go on.</summary>
/// <param name="options">What to compare.</param>
/// <param name="laboratory">Runs the machines.</param>
/// <param name="onStep">Told before every machine.</param>
public sealed class Comparison(ComparisonOptions options, Laboratory laboratory, Action<ComparisonStep> onStep)
{
    private readonly Dictionary<Placement, ProfiledRun> _counted = [];
    private readonly Dictionary<Placement, List<Measurement>> _timed = [];
    private readonly List<ComparisonFailure> _failures = [];
    private PrimitiveCosts? _primitives;
    private PrimitiveCosts? _cycles;
    private int _done;

    /// <summary>How many machines it runs.</summary>
    public static int MachinesOf(ComparisonOptions options)
        => (options.Placements.Count * (1 + options.Rounds)) + (options.WithPrimitives ? 1 : 0) + (HasCycles(options) ? 1 : 0);

    // TCG's ticks say what a translator costs; a processor's are worth a row.
    private static bool HasCycles(ComparisonOptions options) => options is { WithPrimitives: true, Accelerator: Accelerator.Kvm };

    /// <summary>Runs everything.</summary>
    public async Task<ComparisonResult> RunAsync(CancellationToken cancellation)
    {
        if (options.WithPrimitives)
            await TryAsync(null, "primitives", async () => _primitives = await laboratory.MeasurePrimitivesAsync(cancellation));
        if (HasCycles(options))
            await TryAsync(null, "primitives in cycles",
                async () => _cycles = await laboratory.PrimitivesAsync(PrimitivePeer.Apart, byClock: true, cancellation));
        foreach (Placement placement in options.Placements)
            await TryAsync(placement, "counting", async () => _counted[placement] = await laboratory.ProfileAsync(placement, cancellation));
        // Interleaved, so that a busy spell of the host falls on all columns alike.
        for (int round = 1; round <= options.Rounds; round++)
        {
            string what = $"timing, round {round} of {options.Rounds}";
            foreach (Placement placement in options.Placements)
                await TryAsync(placement, what, async () => AddTimed(await laboratory.TimeAsync(placement, cancellation), placement));
        }
        return await ResultAsync(cancellation);
    }

    private async Task TryAsync(Placement? placement, string what, Func<Task> run)
    {
        if (placement is not null && HasFailed(placement))
        {
            _done++;
            return;
        }
        Step(placement is null ? what : $"{placement.Name}: {what}");
        try
        {
            await run();
        }
        catch (RingOsException failure)
        {
            _failures.Add(new ComparisonFailure(placement, failure.Message));
        }
    }

    private bool HasFailed(Placement placement) => _failures.Exists(failure => failure.Placement == placement);

    private void Step(string what) => onStep(new ComparisonStep(_done++, MachinesOf(options), what));

    private void AddTimed(Measurement measurement, Placement placement)
    {
        if (!_timed.TryGetValue(placement, out List<Measurement>? runs))
            _timed[placement] = runs = [];
        runs.Add(measurement);
    }

    private async Task<ComparisonResult> ResultAsync(CancellationToken cancellation) => new()
    {
        Options = options,
        Placements = [.. options.Placements.Where(placement => !HasFailed(placement)).Select(ResultOf)],
        Failures = _failures,
        Primitives = _primitives,
        PrimitiveCycles = _cycles,
        Versions = await ToolVersions.CollectAsync(cancellation),
    };

    private PlacementResult ResultOf(Placement placement) => new()
    {
        Placement = placement,
        Counted = _counted[placement].Measurement,
        Profile = _counted[placement].Profile,
        Timed = [.. _timed[placement].OrderBy(static run => run.DatagramsPerSecond)],
    };
}
