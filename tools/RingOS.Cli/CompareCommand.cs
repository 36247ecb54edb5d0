// ringos compare: the same datagrams through every placement, and one table. Next: LadderCommand.cs, ComparisonTable.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using Serilog.Core;
using Serilog.Events;

namespace RingOS.Cli;

/// <summary>The <c>compare</c> command.</summary>
internal static class CompareCommand
{
    private static readonly ComparisonOptions s_defaults = new();

    private static readonly Option<string?> s_placements = new("--placements")
    {
        HelpName = "P,P,...",
        Description = $"Which of {Names(Placement.All)}; {Names(ComparisonOptions.Headline)} if none is named, all with --all",
    };

    private static readonly Option<int> s_count = new("--count")
    {
        HelpName = "N",
        Description = "Datagrams of the counted run",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => s_defaults.Count,
    };

    private static readonly Option<int> s_bytes = new("--bytes")
    {
        HelpName = "N",
        Description = "Payload of a datagram, in bytes",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => s_defaults.Bytes,
    };

    private static readonly Option<string?> s_server = new("--server")
    {
        HelpName = "HOST:PORT",
        Description = "Sends to an iperf 2 server of your own instead of the one in this tool",
    };

    private static readonly Option<bool> s_all = new("--all")
    {
        Description = "All placements in two settings of the dials, by datagram size, latency, receiving, faults: some five minutes",
    };

    private static readonly Option<FileInfo?> s_html = new("--html")
    {
        HelpName = "FILE",
        Description = "With --all: writes everything as one page, to read or to print",
    };

    private static readonly Option<string> s_nic = SharedOptions.Nic();
    private static readonly Option<string> s_kits = new("--kit")
    {
        HelpName = "KIT,KIT",
        Description = $"Which of {Kit.Names}; with another than native only instructions are counted, a column a kit",
        DefaultValueFactory = static _ => Kit.Native.Name,
    };

    private static readonly Option<string> s_accelerator = SharedOptions.Accelerator();
    private static readonly DialOptions s_dials = new();
    private static readonly Option<FileInfo?> s_json = new("--json") { HelpName = "FILE", Description = "Also writes everything as JSON" };
    private static readonly Option<bool> s_methods = new("--methods") { Description = "Also shows the methods the instructions went to" };
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    public static Command Create()
    {
        Command command = new("compare", "Measures the placements and shows what each costs")
        {
            s_all, s_placements, s_nic, s_dials, s_accelerator, s_count, s_bytes, s_server,
            s_json, s_html, s_methods, s_kits, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        ComparisonOptions options = Options(parsed);
        CheckFiles(parsed);
        options.Check();
        IReadOnlyList<Kit> kits = KitComparison.Kits(parsed.GetRequiredValue(s_kits));
        if (kits is not [{ Name: "native" }])
            return await KitsAsync(parsed, kits, options, cancellation);
        if (options.Accelerator == Accelerator.Kvm)
            await Preparation.KvmAsync(options.KvmMachine, cancellation);
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), ToolUse.Boot, cancellation);
        using Logger log = Logs.Create(LogEventLevel.Warning);
        return parsed.GetValue(s_all)
            ? await AllAsync(parsed, options, log, cancellation)
            : await SomeAsync(parsed, options, log, cancellation);
    }

    private static async Task<int> KitsAsync(ParseResult parsed, IReadOnlyList<Kit> kits, ComparisonOptions options, CancellationToken cancellation)
    {
        Option[] others = [s_all, s_html, s_json, s_methods, s_accelerator];
        if (others.Any(option => parsed.GetResult(option) is { Implicit: false }))
            throw new RingOsException("--kit counts instructions only; leave out --all, --html, --json, --methods and --accel", exitCode: 2);
        foreach (Kit kit in kits)
            await Preparation.ImagesAsync(kit, parsed.GetValue(s_noBuild), ToolUse.Boot, cancellation);
        using Logger log = Logs.Create(LogEventLevel.Warning);
        KitComparisonResult result = await ProgressBar.WatchAsync(
            onStep => new KitComparison(kits, options, log, onStep).RunAsync(cancellation));
        KitTable.Write(Screen.Output, result);
        foreach (string failure in result.Failures)
            Console.Error.WriteLine($"ringos: {failure}");
        return result.Failures.Count == 0 ? 0 : 1;
    }

    private static async Task<int> SomeAsync(ParseResult parsed, ComparisonOptions options, Logger log, CancellationToken cancellation)
    {
        using Laboratory laboratory = new(options, log);
        ComparisonResult result = await ProgressBar.WatchAsync(
            onStep => new Comparison(options, laboratory, onStep).RunAsync(cancellation));
        Show(result, parsed.GetValue(s_methods));
        if (result.Failures.Count > 0)
            return 1;
        if (parsed.GetValue(s_json) is { } json)
            AtomicFile.WriteAllText(json.FullName, ComparisonJson.Format(result));
        return 0;
    }

    // What failed is told on the page in its place, so the page is written all the same.
    private static async Task<int> AllAsync(ParseResult parsed, ComparisonOptions comparison, Logger log, CancellationToken cancellation)
    {
        LadderOptions options = LadderCommand.Options(comparison, parsed);
        LadderResult result = await LadderCommand.RunAsync(options, log, cancellation);
        LadderCommand.Show(result, parsed.GetValue(s_methods));
        if (parsed.GetValue(s_json) is { } json)
            AtomicFile.WriteAllText(json.FullName, LadderJson.Format(result));
        if (parsed.GetValue(s_html) is { } html)
            AtomicFile.WriteAllText(html.FullName, ReportPage.Format(result));
        return LadderCommand.ExitCodeOf(result);
    }

    // An impossible place is told before the work.
    private static void CheckFiles(ParseResult parsed)
    {
        if (parsed.GetValue(s_html) is not null && !parsed.GetValue(s_all))
            throw new RingOsException("--html shows what --all measures; give both", exitCode: 2);
        if (parsed.GetValue(s_all) && parsed.GetResult(s_accelerator) is { Implicit: false })
            throw new RingOsException("--all measures in TCG; leave out --accel", exitCode: 2);
        if (parsed.GetValue(s_all) && s_dials.AreGiven(parsed))
            throw new RingOsException(
                "--all measures its own two settings of the dials; leave out --batch, --interrupts, --completion, --smep and --smap", exitCode: 2);
        foreach (FileInfo? file in new[] { parsed.GetValue(s_json), parsed.GetValue(s_html) })
        {
            if (file is not null)
                AtomicFile.Check(file.FullName);
        }
    }

    private static string Names(IReadOnlyList<Placement> placements)
        => string.Join(", ", placements.Select(static placement => placement.Name));

    private static IReadOnlyList<Placement> Placements(ParseResult parsed)
    {
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        if (parsed.GetValue(s_placements) is string names)
            return [.. names.Split(',', Tidy).Select(Placement.Named)];
        return parsed.GetValue(s_all) ? Placement.All : ComparisonOptions.Headline;
    }

    private static ComparisonOptions Options(ParseResult parsed)
    {
        string? server = parsed.GetValue(s_server);
        return s_defaults with
        {
            Placements = Placements(parsed),
            Nic = parsed.GetRequiredValue(s_nic),
            Dials = s_dials.Read(parsed),
            Accelerator = Accelerators.Named(parsed.GetRequiredValue(s_accelerator)),
            Count = parsed.GetValue(s_count),
            Bytes = parsed.GetValue(s_bytes),
            Server = server is null ? null : ServerAddress.Parse(server),
        };
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
