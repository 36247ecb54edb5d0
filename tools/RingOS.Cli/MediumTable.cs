// The table that `ringos medium` ends with. Back to: MediumCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using RingOS.Ethernet;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows a sweep: a row for each number of stations and each load.</summary>
internal static class MediumTable
{
    private const double BitsPerMegabit = 1e6;

    private static readonly (string Title, Func<LoadPoint, string> Cell)[] s_columns =
    [
        ("stations\n", static point => Whole(point.Stations)),
        ("offered\n%", static point => point.Load is double load ? Percent(load) : "all"),
        ("carried\n%", static point => Percent(point.Utilisation)),
        ("goodput\nMb/s", static point => Two(point.GoodputMegabits)),
        ("collisions\na frame", static point => Two(point.CollisionsPerFrame)),
        ("given up\n16/late", static point => $"{Whole(point.Excessive)}/{Whole(point.Late)}"),
        ("queue\nfull", static point => Whole(point.QueueDrops)),
        ("share, %\nleast-most", static point => $"{Percent(point.LeastShare)}-{Percent(point.MostShare)}"),
        ("access us\nmean", static point => Whole(point.MeanAccessMicroseconds)),
        ("\np99", static point => Whole(point.P99AccessMicroseconds)),
        ("simulated\nframes/s", static point => Whole(point.FramesPerSecond)),
    ];

    public static void Write(IAnsiConsole screen, LoadOptions options, IReadOnlyList<LoadPoint> points)
    {
        string topology = options.Topology == Topology.Hub ? "hub, half duplex" : "switch, full duplex";
        screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{topology}, {options.BitsPerSecond / BitsPerMegabit:0} Mb/s, frames of {options.FrameBytes} bytes, "
            + $"cables of {options.CableMetres} m = {options.Delay} bit times, {options.Seconds} s a row, seed {options.Seed}"));
        Table table = new Table().Border(TableBorder.Simple).Collapse();
        foreach ((string title, Func<LoadPoint, string> _) in s_columns)
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap().Padding(0, 0, 1, 0));
        foreach (LoadPoint point in points)
            table.AddRow(Array.ConvertAll(s_columns, column => Markup.Escape(column.Cell(point))));
        WholeTable.Write(screen, table);
        screen.WriteLine("Carried: frame bits of the bit rate. Goodput: payload. Access: from offer to the attempt that succeeds. "
            + "Simulated frames/s: this computer, not the medium.");
    }

    private static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
}
