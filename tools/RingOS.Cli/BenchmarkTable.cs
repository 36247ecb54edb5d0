// The table and the JSON of `ringos benchmark`. Back to: BenchmarkCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using RingOS.Host.Benchmarking;
using RingOS.Host.Machines;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows medians and ratios.</summary>
internal static class BenchmarkTable
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static void Write(IAnsiConsole screen, string against, IReadOnlyList<BenchmarkRow> rows, CountingCost? counting)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("seconds, median");
        foreach (string title in new[] { "here", "there", "ratio", "aim" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (BenchmarkRow row in rows)
            table.AddRow(Cells(row));
        if (counting is not null)
            table.AddRow($"{counting.Datagrams.ToString("#,0", CultureInfo.InvariantCulture)} datagrams counted (there: not)",
                Seconds(Benchmark.Median(counting.Counted)), Seconds(Benchmark.Median(counting.Uncounted)), Ratio(counting.Ratio), Ratio(CountingCost.Aim));
        screen.WriteLine($"here: this checkout; there: {against}; QEMU {Qemu.Chosen.Version}, {Environment.ProcessorCount} processors");
        WholeTable.Write(screen, table);
        if (counting is not null)
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{counting.InstructionsPerSecond / 1e6:0.0} million instructions a second, counted (aim: {CountingCost.AimPerSecond / 1e6:0})"));
    }

    public static string Json(string against, IReadOnlyList<BenchmarkRow> rows, CountingCost? counting) => JsonSerializer.Serialize(
        new
        {
            Against = against,
            Qemu = Qemu.Chosen.Version.ToString(),
            Commands = rows.Select(static row => new { row.Command.Name, row.Here, row.There, row.Failure }),
            Counting = counting is null ? null : new { counting.Datagrams, counting.Counted, counting.Uncounted, counting.Instructions },
        },
        s_json) + "\n";

    private static string[] Cells(BenchmarkRow row) => row.HasFigures
        ? [row.Command.Name, Seconds(Benchmark.Median(row.Here)), Seconds(Benchmark.Median(row.There)), Ratio(row.Ratio), Ratio(row.Command.Aim)]
        : [row.Command.Name, "failed", "", "", Ratio(row.Command.Aim)];

    private static string Seconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
