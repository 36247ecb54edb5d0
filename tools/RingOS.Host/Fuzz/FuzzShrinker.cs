// From a failing run to a list of calls of which none can be left out. Zeller and Hildebrandt, "Simplifying and isolating
// failure-inducing input", 2002. Next: FuzzCampaign.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Fuzz;

/// <summary>A failure that was found, run again, and made small.</summary>
/// <param name="Plan">What found it.</param>
/// <param name="Failure">What it was.</param>
/// <param name="IsExact">A second run of the same plan failed alike, with the same answers to all calls.</param>
/// <param name="Smallest">The smallest plan that still fails alike.</param>
/// <param name="IsMinimal">No call of it can be left out; false if the runs for it were used up before.</param>
/// <param name="Calls">Its calls, in the order in which they were made; empty if it does not fail alike while it prints them.</param>
/// <param name="Runs">Machines that it took.</param>
public sealed record ShrunkFailure(
    FuzzPlan Plan, FuzzFailure Failure, bool IsExact, FuzzPlan Smallest, bool IsMinimal, IReadOnlyList<string> Calls, int Runs);

/// <summary>Leaves calls out as long as the rest fails alike.</summary>
/// <param name="runner">Where plans are tried.</param>
/// <param name="mostRuns">Machines it may take.</param>
public sealed class FuzzShrinker(IFuzzRunner runner, int mostRuns)
{
    private int _runs;

    /// <param name="plan">Failed.</param>
    /// <param name="found">How.</param>
    /// <param name="onStep">Told how many calls are left.</param>
    public async Task<ShrunkFailure> ShrinkAsync(FuzzPlan plan, FuzzOutcome found, Action<long> onStep, CancellationToken cancellation)
    {
        FuzzFailure failure = found.Failure!;
        if (mostRuns == 0)
            return new ShrunkFailure(plan, failure, IsExact: false, plan, IsMinimal: false, [], Runs: 0);
        _runs = 1;
        FuzzOutcome again = await runner.RunAsync(plan, cancellation);
        bool isExact = again.Failure?.Kind == failure.Kind && again.Digest == found.Digest && again.Calls == found.Calls;
        if (again.Failure?.Kind != failure.Kind)
            return new ShrunkFailure(plan, failure, isExact, plan, IsMinimal: false, [], _runs);
        List<CallRange> kept = await ShortenAsync(plan, failure, onStep, cancellation);
        (kept, bool isMinimal) = await LeaveOutAsync(plan, kept, failure, onStep, cancellation);
        FuzzPlan smallest = plan with { Kept = kept };
        FuzzOutcome traced = await runner.RunAsync(smallest with { IsTraced = true }, cancellation);
        _runs++;
        return new ShrunkFailure(plan, failure, isExact, smallest, isMinimal, traced.Failure?.Kind == failure.Kind ? traced.Trace : [], _runs);
    }

    // What comes after the failing call cannot matter, so halving finds the least number of calls a process quickly.
    private async Task<List<CallRange>> ShortenAsync(FuzzPlan plan, FuzzFailure failure, Action<long> onStep, CancellationToken cancellation)
    {
        IReadOnlyList<CallRange> all = plan.Kept ?? plan.Everything;
        long enough = all.Max(static range => range.End);
        long tooFew = 0;
        while (enough - tooFew > 1 && _runs < mostRuns)
        {
            long middle = (enough + tooFew) / 2;
            onStep(enough);
            if (await FailsAsync(plan, UpTo(all, middle), failure, cancellation))
                enough = middle;
            else
                tooFew = middle;
        }
        return UpTo(all, enough);
    }

    private static List<CallRange> UpTo(IReadOnlyList<CallRange> ranges, long end)
        => [.. ranges.Where(range => range.First < end).Select(range => range with { End = Math.Min(range.End, end) })];

    // Ever smaller pieces are left out; when none of the smallest can be, the list is minimal.
    private async Task<(List<CallRange> Kept, bool IsMinimal)> LeaveOutAsync(
        FuzzPlan plan, List<CallRange> kept, FuzzFailure failure, Action<long> onStep, CancellationToken cancellation)
    {
        for (; ; )
        {
            bool hasChanged = false;
            for (int piece = kept.Count - 1; piece >= 0; piece--)
            {
                if (_runs >= mostRuns)
                    return (kept, false);
                onStep(kept.Sum(static range => range.Count));
                List<CallRange> rest = [.. kept.Where((_, number) => number != piece)];
                if (!await FailsAsync(plan, rest, failure, cancellation))
                    continue;
                kept = rest;
                hasChanged = true;
            }
            if (kept.All(static range => range.Count == 1))
            {
                if (!hasChanged)
                    return (kept, true);
                continue;
            }
            kept = [.. kept.SelectMany(Halves)];
        }
    }

    private static IEnumerable<CallRange> Halves(CallRange range)
    {
        long middle = range.First + (range.Count / 2);
        return range.Count < 2 ? [range] : [range with { End = middle }, range with { First = middle }];
    }

    private async Task<bool> FailsAsync(FuzzPlan plan, List<CallRange> kept, FuzzFailure failure, CancellationToken cancellation)
    {
        if (kept.Count > FuzzPlan.MostRanges)
            return false;
        _runs++;
        FuzzOutcome outcome = await runner.RunAsync(plan with { Kept = kept }, cancellation);
        return outcome.Failure?.Kind == failure.Kind;
    }
}
