// ringos fuzz: random system calls in every placement, hostile frames on the wire; a failure is run again and made small.
// Next: ../RingOS.Host/Fuzz/FuzzCampaign.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Compare;
using RingOS.Host.Fuzz;

namespace RingOS.Cli;

/// <summary>The <c>fuzz</c> command.</summary>
internal static class FuzzCommand
{
    private const long DefaultCalls = 200_000;
    private const long DefaultFrames = 20_000;
    private const int ProgressSteps = 1_000;
    private const int ShownCalls = 40;

    private static readonly Option<long?> s_calls = new("--calls")
    {
        HelpName = "N",
        Description = "System calls, of all processes and machines together (200,000 if neither --calls nor --frames is given)",
    };

    private static readonly Option<long?> s_frames = new("--frames")
    {
        HelpName = "N",
        Description = "Hostile frames, of all machines together (20,000 if neither is given)",
    };

    private static readonly Option<ulong> s_seed = new("--seed")
    {
        HelpName = "S",
        Description = "The same seed makes the same calls and frames; machine n has the seed S + n",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<string> s_placements = new("--placement", "--placements")
    {
        HelpName = "P,P,...",
        Description = "Where the NIC driver lives, in turn: " + string.Join(", ", FuzzScenario.All.Select(static scenario => scenario.Placement)),
        DefaultValueFactory = static _ => string.Join(',', FuzzScenario.All.Select(static scenario => scenario.Placement)),
    };

    private static readonly Option<int> s_processes = new("--processes")
    {
        HelpName = "N",
        Description = "Processes that make calls at once, one of them a service of the others: 2 to 8",
        DefaultValueFactory = static _ => new FuzzOptions().Processes,
    };

    private static readonly Option<int> s_shrink = new("--shrink")
    {
        HelpName = "N",
        Description = "Machines that making a failure smaller may take",
        DefaultValueFactory = static _ => new FuzzOptions().ShrinkRuns,
    };

    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    public static Command Create()
    {
        Command command = new("fuzz", "Random and adversarial system calls, and hostile frames; returns 1 if anything gave way")
        {
            s_calls, s_frames, s_seed, s_placements, s_processes, s_shrink, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        FuzzOptions options = OptionsOf(parsed);
        options.Check();
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), ToolUse.Boot, cancellation);
        bool isGood = true;
        if (options.Calls > 0)
            isGood &= Show("system calls", options, await WatchAsync(options, new FuzzMachine(Images.Kernel), cancellation));
        if (options.Frames > 0)
        {
            FuzzOptions frames = options.ForFrames();
            isGood &= Show("hostile frames", frames, await WatchAsync(frames, new FrameMachine(Images.Kernel), cancellation));
        }
        return isGood ? 0 : 1;
    }

    private static FuzzOptions OptionsOf(ParseResult parsed)
    {
        long? calls = parsed.GetValue(s_calls);
        long? frames = parsed.GetValue(s_frames);
        bool isDefault = calls is null && frames is null;
        return new FuzzOptions
        {
            Calls = calls ?? (isDefault ? DefaultCalls : 0),
            Frames = frames ?? (isDefault ? DefaultFrames : 0),
            Seed = parsed.GetValue(s_seed),
            Processes = parsed.GetValue(s_processes),
            ShrinkRuns = parsed.GetValue(s_shrink),
            Scenarios =
            [
                .. parsed.GetRequiredValue(s_placements).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(FuzzScenario.Named),
            ],
        };
    }

    private static Task<FuzzResult> WatchAsync(FuzzOptions options, IFuzzRunner runner, CancellationToken cancellation)
        => ProgressBar.WatchAsync(onStep => new FuzzCampaign(options, runner, Announce).RunAsync(
            (what, share) => onStep(new ComparisonStep((int)(share * ProgressSteps), ProgressSteps, what)), cancellation));

    // At once: making it smaller may take minutes.
    private static void Announce(FuzzPlan plan, FuzzFailure failure)
        => Console.Error.WriteLine(Invariant($"ringos: placement={plan.Scenario.Placement}, seed {plan.Seed}: {failure.Kind}: {failure.Detail}"));

    private static bool Show(string what, FuzzOptions options, FuzzResult result)
    {
        if (result.Answers.Count > 0)
            Screen.Output.Write(FuzzTable.Of(result.Answers));
        if (result.Failure is { } failure)
        {
            Complain(what, failure);
            return false;
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Calls:#,0} {what} in {result.Machines} machines, seed {options.Seed}: nothing gave way, all books balanced"));
        return true;
    }

    private static void Complain(string what, ShrunkFailure failure)
    {
        FuzzPlan plan = failure.Plan;
        string file = Path.Combine(Repository.BootFolder, "fuzz-failure.txt");
        List<string> lines =
        [
            Invariant($"placement={plan.Scenario.Placement}, seed {plan.Seed}, {plan.TotalCalls:#,0} {what}: {failure.Failure.Kind}; ")
                + (failure.IsExact ? "a second run failed at the same call with the same answers" : "a second run was not the same"),
            Invariant($"made smaller in {failure.Runs} runs to {failure.Smallest.TotalCalls:#,0} {what}")
                + (failure.IsMinimal ? ", none of which can be left out" : ""),
            .. failure.Calls,
            "plan:", failure.Smallest.Text,
        ];
        AtomicFile.WriteAllText(file, string.Join('\n', lines) + "\n");
        foreach (string line in lines.Take(ShownCalls))
            Console.Error.WriteLine($"ringos: {line}");
        Console.Error.WriteLine($"ringos: all of it is in {Repository.Display(file)}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
