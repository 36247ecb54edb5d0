// ringos faults: a driver misbehaves in every placement, and a matrix shows what each wall stopped. Next: ../RingOS.Host/Faults/Fault.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Faults;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using Serilog.Core;
using Serilog.Events;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>The <c>faults</c> command.</summary>
internal static class FaultsCommand
{
    private static readonly JsonSerializerOptions s_jsonForm = new() { WriteIndented = true };

    private static readonly Option<string> s_placements = new("--placements")
    {
        HelpName = "P,P,...",
        Description = "Which placements: " + string.Join(", ", Placement.All.Select(static placement => placement.Name)),
        DefaultValueFactory = static _ => string.Join(',', Placement.All.Select(static placement => placement.Name)),
    };

    private static readonly Option<string> s_faults = new("--faults")
    {
        HelpName = "F,F,...",
        Description = "Which faults: " + string.Join(", ", Fault.All),
        DefaultValueFactory = static _ => string.Join(',', Fault.All),
    };

    private static readonly Option<FileInfo?> s_json = new("--json") { HelpName = "FILE", Description = "Also writes everything as JSON" };
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    public static Command Create()
    {
        Command command = new("faults", "Lets the driver misbehave in every placement; returns 1 if a wall did not hold as expected")
        {
            s_placements, s_faults, s_json, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        FaultOptions options = new()
        {
            Placements = [.. Words(parsed, s_placements).Select(Placement.Named)],
            Faults = [.. Words(parsed, s_faults).Select(Fault.Named)],
        };
        options.Check();
        string? json = parsed.GetValue(s_json)?.FullName;
        if (json is not null)
            AtomicFile.Check(json); // an impossible place is told before the work
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), ToolUse.Boot, cancellation);
        using Logger log = Logs.Create(LogEventLevel.Warning);
        using FaultLaboratory laboratory = new(options, log);
        IReadOnlyList<FaultOutcome> outcomes = await WatchAsync(laboratory, cancellation);
        Show(options, outcomes);
        if (json is not null)
            AtomicFile.WriteAllText(json, await FormatAsync(outcomes, cancellation));
        return Complain(outcomes);
    }

    private static async Task<string> FormatAsync(IReadOnlyList<FaultOutcome> outcomes, CancellationToken cancellation)
        => JsonSerializer.Serialize(new { Outcomes = outcomes, Versions = await ToolVersions.CollectAsync(cancellation) }, s_jsonForm) + "\n";

    private static string[] Words(ParseResult parsed, Option<string> option)
        => parsed.GetRequiredValue(option).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Task<IReadOnlyList<FaultOutcome>> WatchAsync(FaultLaboratory laboratory, CancellationToken cancellation)
        => ProgressBar.WatchAsync(onStep =>
        {
            int done = 0;
            return laboratory.RunAsync(what => onStep(new ComparisonStep(done++, laboratory.Machines, what)), cancellation);
        });

    private static void Show(FaultOptions options, IReadOnlyList<FaultOutcome> outcomes)
    {
        Screen.Output.WriteLine($"{NicModel.Default} in QEMU {Qemu.Chosen.Version}");
        Table matrix = new Table().Border(TableBorder.Simple).AddColumn("placement").AddColumns([.. options.Faults]);
        foreach (Placement placement in options.Placements)
        {
            IEnumerable<string> cells = options.Faults.Select(fault =>
                outcomes.Single(cell => cell.Placement == placement.Name && cell.Fault == fault).Outcome);
            matrix.AddRow([.. cells.Prepend(placement.Name).Select(Markup.Escape)]);
        }
        WholeTable.Write(Screen.Output, matrix);
        Table details = new Table().Border(TableBorder.Simple).AddColumns("placement", "fault", "observed");
        foreach (FaultOutcome cell in outcomes)
            details.AddRow([.. new[] { cell.Placement, cell.Fault, cell.Detail }.Select(Markup.Escape)]);
        Screen.Output.Write(details);
    }

    private static int Complain(IReadOnlyList<FaultOutcome> outcomes)
    {
        IReadOnlyList<string> differences = ExpectedOutcomes.Differences(outcomes);
        foreach (string difference in differences)
            Console.Error.WriteLine($"ringos: {difference}");
        return differences.Count == 0 ? 0 : 1;
    }
}
