// ringos compare: the same datagrams through every placement, and one table. Next: ComparisonTable.cs
using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using Serilog.Core;
using Serilog.Events;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>The <c>compare</c> command.</summary>
internal static class CompareCommand
{
    private static readonly ComparisonOptions s_defaults = new();

    private static readonly Option<string> s_placements = new("--placements")
    {
        HelpName = "P,P,...",
        Description = "Which placements: " + string.Join(", ", Placement.All.Select(static placement => placement.Name)),
        DefaultValueFactory = static _ => string.Join(',', Placement.All.Select(static placement => placement.Name)),
    };

    private static readonly Option<int> s_count = new("--count")
    {
        HelpName = "N",
        Description = "Datagrams of the counted run",
        DefaultValueFactory = static _ => s_defaults.Count,
    };

    private static readonly Option<int> s_bytes = new("--bytes")
    {
        HelpName = "N",
        Description = "Payload of a datagram",
        DefaultValueFactory = static _ => s_defaults.Bytes,
    };

    private static readonly Option<string?> s_server = new("--server")
    {
        HelpName = "HOST:PORT",
        Description = "Sends to an iperf 2 server of your own instead of the one in this tool",
    };

    private static readonly Option<FileInfo?> s_json = new("--json") { HelpName = "FILE", Description = "Also writes everything as JSON" };
    private static readonly Option<bool> s_methods = new("--methods") { Description = "Also shows the methods the instructions went to" };
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    public static Command Create()
    {
        Command command = new("compare", "Measures the placements and shows what each costs")
        {
            s_placements, s_count, s_bytes, s_server, s_json, s_methods, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ComparisonOptions options = Options(parsed);
        options.Check();
        string? json = parsed.GetValue(s_json)?.FullName;
        if (json is not null)
            _ = AtomicFile.TemporaryFor(json); // an impossible place is told before the work
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), cancellation);
        using Logger log = Logs.Create(LogEventLevel.Warning);
        using Laboratory laboratory = new(options, log);
        ComparisonResult result = await WatchAsync(options, laboratory, cancellation);
        Show(result, parsed.GetValue(s_methods));
        if (result.Failures.Count > 0)
            return 1;
        if (json is not null)
            AtomicFile.WriteAllText(json, ComparisonJson.Format(result));
        return 0;
    }

    private static ComparisonOptions Options(ParseResult parsed)
    {
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        string[] names = parsed.GetRequiredValue(s_placements).Split(',', Tidy);
        string? server = parsed.GetValue(s_server);
        return s_defaults with
        {
            Placements = [.. names.Select(Placement.Named)],
            Count = parsed.GetValue(s_count),
            Bytes = parsed.GetValue(s_bytes),
            Server = server is null ? null : ServerAddress.Parse(server),
        };
    }

    private static async Task<ComparisonResult> WatchAsync(ComparisonOptions options, Laboratory laboratory, CancellationToken cancellation)
    {
        if (Console.IsOutputRedirected || Console.IsErrorRedirected)
            return await new Comparison(options, laboratory, static _ => { }).RunAsync(cancellation);
        return await Screen.Error.Progress().AutoClear(true).StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask("starting");
            return await new Comparison(options, laboratory, step => Advance(bar, step)).RunAsync(cancellation);
        });
    }

    private static void Advance(ProgressTask bar, ComparisonStep step)
    {
        bar.MaxValue = step.Total;
        bar.Value = step.Done;
        bar.Description = Markup.Escape(step.What);
    }

    private static void Show(ComparisonResult result, bool showMethods)
    {
        if (result.Placements.Count > 0)
            ComparisonTable.Write(Screen.Output, result);
        if (showMethods)
            ComparisonTable.WriteMethods(Screen.Output, result);
        foreach (ComparisonFailure failure in result.Failures)
            Console.Error.WriteLine($"ringos: {failure.Message}");
    }
}
