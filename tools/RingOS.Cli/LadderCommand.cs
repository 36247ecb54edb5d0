// ringos compare --all: all placements, two settings, and everything else the report page shows. Back to: CompareCommand.cs
using System;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Compare;
using RingOS.Host.Faults;
using Serilog;

namespace RingOS.Cli;

/// <summary>The --all part of <c>compare</c>.</summary>
internal static class LadderCommand
{
    /// <summary>The ladder of a comparison's placements, counts and server.</summary>
    public static LadderOptions Options(ComparisonOptions comparison, ParseResult parsed)
    {
        LadderOptions usual = new();
        return usual with
        {
            Comparison = comparison with { Rounds = usual.Comparison.Rounds },
            SizeCount = Math.Min(usual.SizeCount, comparison.Count),
            LatencyCount = Math.Min(usual.LatencyCount, comparison.Count),
            ReceiveCount = Math.Min(usual.ReceiveCount, comparison.Count),
            Command = string.Join(' ', parsed.Tokens.Select(static token => token.Value).Prepend("./ringos")),
        };
    }

    public static async Task<LadderResult> RunAsync(LadderOptions options, ILogger log, CancellationToken cancellation)
    {
        using FaultLaboratory faults = new(new FaultOptions { Placements = options.Placements }, log);
        ReceiveLaboratory receive = new(new ReceiveOptions { Count = options.ReceiveCount, Bytes = options.Comparison.Bytes, Nic = options.Comparison.Nic }, log);
        LadderSources sources = new(receive, faults);
        return await ProgressBar.WatchAsync(onStep => new Ladder(options, sources, log, onStep).RunAsync(cancellation));
    }

    /// <summary>A table a setting, and what could not be measured.</summary>
    public static void Show(LadderResult result, bool showMethods)
    {
        foreach (ComparisonResult comparison in result.Comparisons.Where(static comparison => comparison.Placements.Count > 0))
        {
            ComparisonTable.Write(Screen.Output, comparison);
            if (showMethods)
                ComparisonTable.WriteMethods(Screen.Output, comparison);
        }
        foreach (Gap gap in result.Gaps)
            Console.Error.WriteLine($"ringos: not measured ({gap.Part}): {gap.What}: {gap.Reason}");
        foreach (string difference in ExpectedOutcomes.Differences(result.Faults))
            Console.Error.WriteLine($"ringos: {difference}");
    }

    /// <summary>1 if anything could not be measured, or a wall did not hold as expected.</summary>
    public static int ExitCodeOf(LadderResult result)
        => result.Gaps.Count == 0 && ExpectedOutcomes.Differences(result.Faults).Count == 0 ? 0 : 1;
}
