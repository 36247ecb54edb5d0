// ringos benchmark: how long the commands of this checkout take beside those of another. Next: BenchmarkTable.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Benchmarking;
using Serilog.Core;
using Serilog.Events;

namespace RingOS.Cli;

/// <summary>The <c>benchmark</c> command.</summary>
internal static class BenchmarkCommand
{
    private const string DefaultOpponent = "3cfdc31";
    private const int DefaultRounds = 3;
    private const int MostRounds = 99;
    private const int DefaultCount = 100_000;

    private static readonly Option<string> s_against = new("--against")
    {
        HelpName = "COMMIT|PATH",
        Description = "The other checkout: a folder, or a commit of this repository, which is cloned to a temporary folder and built",
        DefaultValueFactory = static _ => DefaultOpponent,
    };

    private static readonly Option<string?> s_only = new("--only")
    {
        HelpName = "NAME,NAME,...",
        Description = $"Which of {string.Join(", ", BenchmarkedCommand.Names)}; all if none is named, more than an hour",
    };

    private static readonly Option<int> s_rounds = new("--rounds")
    {
        HelpName = "N",
        Description = $"How often each runs on either side, in turn, 1 to {MostRounds}; medians are shown",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => DefaultRounds,
    };

    private static readonly Option<int> s_count = new("--count")
    {
        HelpName = "N",
        Description = "Datagrams of the run that is counted and not counted",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => DefaultCount,
    };

    private static readonly Option<FileInfo?> s_json = new("--json") { HelpName = "FILE", Description = "Also writes every round as JSON" };

    public static Command Create()
    {
        Command command = new("benchmark", "Times the commands beside those of another checkout, and counting beside not counting; best on an idle machine")
        {
            s_against, s_only, s_rounds, s_count, s_json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (IReadOnlyList<BenchmarkedCommand> commands, bool withCounting) = BenchmarkedCommand.Chosen(parsed.GetValue(s_only));
        int rounds = parsed.GetValue(s_rounds);
        if (rounds is < 1 or > MostRounds)
            throw new RingOsException($"--rounds {rounds}: choose 1 to {MostRounds}", exitCode: 2);
        FileInfo? json = parsed.GetValue(s_json);
        if (json is not null)
            AtomicFile.Check(json.FullName);
        await Preparation.ImagesAsync(noBuild: false, ToolUse.Boot, cancellation);
        string against = parsed.GetRequiredValue(s_against);
        IReadOnlyList<BenchmarkRow> rows = commands.Count == 0 ? [] : await TimeAsync(against, commands, rounds, cancellation);
        CountingCost? counting = withCounting ? await CountAsync(parsed.GetValue(s_count), rounds, cancellation) : null;
        BenchmarkTable.Write(Screen.Output, against, rows, counting);
        if (json is not null)
            AtomicFile.WriteAllText(json.FullName, BenchmarkTable.Json(against, rows, counting));
        foreach (BenchmarkRow row in rows.Where(static row => row.Failure is not null))
            Console.Error.WriteLine($"ringos: {row.Failure}");
        return rows.All(static row => row.Failure is null) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<BenchmarkRow>> TimeAsync(
        string against, IReadOnlyList<BenchmarkedCommand> commands, int rounds, CancellationToken cancellation)
    {
        Opponent? prepared = null;
        await Preparation.WithStatusAsync($"building {against}", async () => prepared = await Opponent.PrepareAsync(against, cancellation));
        using Opponent opponent = prepared!;
        return await ProgressBar.WatchAsync(onStep => new Benchmark(Repository.Root, opponent, rounds, onStep).RunAsync(commands, cancellation));
    }

    private static async Task<CountingCost> CountAsync(int datagrams, int rounds, CancellationToken cancellation)
    {
        using Logger log = Logs.Create(LogEventLevel.Warning);
        return await ProgressBar.WatchAsync(onStep => new CountingBenchmark(datagrams, rounds, log, onStep).RunAsync(cancellation));
    }
}
