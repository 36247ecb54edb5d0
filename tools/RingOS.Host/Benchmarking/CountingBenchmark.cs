// What counting every instruction costs: the same run with the instrument and without, in turn. Back to: Benchmark.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using Serilog;

namespace RingOS.Host.Benchmarking;

/// <summary>The two times, in seconds, a figure a round, and what was counted.</summary>
/// <param name="Datagrams">Of a run.</param>
/// <param name="Counted">Boot to profile: with layers and methods.</param>
/// <param name="Uncounted">Boot to window.</param>
/// <param name="Instructions">Of the measured window; those of the boot are counted too, and not among them.</param>
public sealed record CountingCost(int Datagrams, IReadOnlyList<double> Counted, IReadOnlyList<double> Uncounted, long Instructions)
{
    /// <summary>The most that counting shall take beside the same run uncounted.</summary>
    public const double Aim = 1.2;

    /// <summary>The least that it shall count.</summary>
    public const double AimPerSecond = 30_000_000;

    public double Ratio => Benchmark.Median(Counted) / Benchmark.Median(Uncounted);

    public double InstructionsPerSecond => Instructions / Benchmark.Median(Counted);
}

/// <summary>Runs iperf in placement ring3.</summary>
/// <param name="datagrams">How many it sends.</param>
/// <param name="rounds">How often either way.</param>
/// <param name="log">For the machines.</param>
/// <param name="onStep">Told before every run.</param>
public sealed class CountingBenchmark(int datagrams, int rounds, ILogger log, Action<ComparisonStep> onStep)
{
    private static readonly Placement s_placement = Placement.Named("ring3");

    /// <exception cref="RingOsException">A run failed.</exception>
    public async Task<CountingCost> RunAsync(CancellationToken cancellation)
    {
        ComparisonOptions options = new() { Placements = [s_placement], Count = datagrams, Deadline = TimeSpan.FromMinutes(10) };
        options.Check();
        using Laboratory laboratory = new(options, log);
        List<double> counted = [];
        List<double> uncounted = [];
        long instructions = 0;
        for (int round = 1; round <= rounds; round++)
        {
            onStep(new ComparisonStep((2 * round) - 2, 2 * rounds, $"counting, round {round} of {rounds}: without"));
            uncounted.Add(await SecondsAsync(async () => instructions = (await laboratory.CountAsync(s_placement, cancellation)).Window.BusyTicks));
            onStep(new ComparisonStep((2 * round) - 1, 2 * rounds, $"counting, round {round} of {rounds}: with"));
            counted.Add(await SecondsAsync(() => laboratory.ProfileAsync(s_placement, cancellation)));
        }
        return new CountingCost(datagrams, counted, uncounted, instructions);
    }

    private static async Task<double> SecondsAsync(Func<Task> run)
    {
        Stopwatch elapsed = Stopwatch.StartNew();
        await run();
        return elapsed.Elapsed.TotalSeconds;
    }
}
