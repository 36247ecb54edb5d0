// Commands of two checkouts, timed in turn, so that a busy spell of the host falls on both alike. Next: CountingBenchmark.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Compare;

namespace RingOS.Host.Benchmarking;

/// <summary>A row: how long a command took here and there, in seconds, a figure a round.</summary>
/// <param name="Command">What was timed.</param>
/// <param name="Here">This checkout's times.</param>
/// <param name="There">The other's.</param>
/// <param name="Failure">Why it was given up; null if it was not.</param>
public sealed record BenchmarkRow(BenchmarkedCommand Command, IReadOnlyList<double> Here, IReadOnlyList<double> There, string? Failure = null)
{
    public double Ratio => Benchmark.Median(Here) / Benchmark.Median(There);

    /// <summary>Whether there is anything to show: a round was finished.</summary>
    public bool HasFigures => Here.Count > 0 && There.Count > 0;
}

/// <summary>Times commands.</summary>
/// <param name="here">The folder of this checkout.</param>
/// <param name="there">The other checkout.</param>
/// <param name="rounds">How often each runs on either side.</param>
/// <param name="onStep">Told before every run.</param>
public sealed class Benchmark(string here, Opponent there, int rounds, Action<ComparisonStep> onStep)
{
    private int _done;

    /// <summary>Each checkout finds its own root.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> Environment = new Dictionary<string, string?> { ["RINGOS_ROOT"] = null };

    /// <summary>The value in the middle; of two, the lower one.</summary>
    public static double Median(IReadOnlyList<double> values) => values.Order().ElementAt((values.Count - 1) / 2);

    /// <summary>Times the commands in turn. One that fails is given up, and the others go on.</summary>
    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(IReadOnlyList<BenchmarkedCommand> commands, CancellationToken cancellation)
    {
        List<BenchmarkRow> rows = [.. commands.Select(static command => new BenchmarkRow(command, [], []))];
        for (int round = 1; round <= rounds; round++)
        {
            for (int index = 0; index < rows.Count; index++)
                rows[index] = rows[index].Failure is null ? await OnceMoreAsync(rows[index], round, commands.Count, cancellation) : rows[index];
        }
        return rows;
    }

    // Who goes first changes from round to round: the second finds the host's caches filled.
    private async Task<BenchmarkRow> OnceMoreAsync(BenchmarkRow row, int round, int commands, CancellationToken cancellation)
    {
        string what = $"{row.Command.Name}, round {round} of {rounds}";
        double own = 0;
        double other = 0;
        foreach (bool isHere in round % 2 == 1 ? new[] { true, false } : [false, true])
        {
            string folder = isHere ? here : there.Folder;
            onStep(new ComparisonStep(_done++, 2 * rounds * commands, $"{what}: {(isHere ? "here" : there.Name)}"));
            Stopwatch elapsed = Stopwatch.StartNew();
            ToolResult result = await ExternalTool.RunAsync(Path.Combine(folder, "ringos"), row.Command.Arguments, cancellation, environment: Environment);
            if (result.ExitCode != 0)
                return row with { Failure = $"{row.Command.Name} of {(isHere ? "this checkout" : there.Name)} failed: {LastLine.Of(result.Output) ?? "it said nothing"}" };
            (own, other) = isHere ? (elapsed.Elapsed.TotalSeconds, other) : (own, elapsed.Elapsed.TotalSeconds);
        }
        return row with { Here = [.. row.Here, own], There = [.. row.There, other] };
    }
}
