// The ladder: instructions per datagram as bars stacked by layer, a figure for each setting of the dials. Next: EventSection.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Report.Charts;

namespace RingOS.Host.Report;

/// <summary>Writes the first section of the page.</summary>
internal static class LadderSection
{
    private const double MostOther = 0.03;

    public static IEnumerable<XElement> Write(LadderResult result)
    {
        yield return Html.Heading("The ladder", "ladder");
        yield return Html.Paragraph("Guest instructions that one datagram costs, from the first to the last write(), iperf and interrupts "
            + "included, by what they were executed for. Longer is dearer. The ratio is to the first placement. Compare bars within one "
            + "figure only: between the two figures it is the dials that differ, not the walls.");
        foreach (ComparisonResult comparison in result.Comparisons.Where(static comparison => comparison.Placements.Count > 0))
        {
            yield return Figure(comparison).ToHtml();
            foreach (string warning in Warnings(comparison))
                yield return Html.Note(warning);
        }
        if (Checks(result) is { Rows.Count: > 0 } checks)
        {
            yield return Html.Paragraph("The price of checking: the software wall consists of the language and of its library's checks of "
                + "every register and descriptor access. The same placement on a kernel built without these checks, in instructions "
                + "per datagram:");
            yield return checks.ToHtml();
        }
    }

    private static ReportTable Checks(LadderResult result) => new(
        ["setting", "checked", "unchecked", "checks", "ratio"],
        [.. result.Unchecked.SelectMany(bare => result.Sizes
            .Where(full => full.Placement == LadderOptions.CheckedByLanguage && full.Dials == bare.Dials && full.Bytes == bare.Bytes)
            .Select(full => ChecksRow(full, bare)))]);

    private static IReadOnlyList<string> ChecksRow(SizePoint full, SizePoint bare) =>
    [
        full.Dials.ToString(),
        Figures.Whole(full.Instructions),
        Figures.Whole(bare.Instructions),
        Figures.Whole(full.Instructions - bare.Instructions),
        Figures.Ratio(full.Instructions / bare.Instructions),
    ];

    private static ReportFigure Figure(ComparisonResult comparison)
    {
        string caption = $"Instructions per datagram of {comparison.Options.Bytes} bytes; {DialsOf(comparison)}; "
            + $"{Figures.Whole(comparison.Options.Count)} datagrams a placement";
        XElement chart = StackedBars.Draw(caption, [.. comparison.Placements.Select(column => Bar(column, comparison))]);
        return new ReportFigure(caption, [chart], Table(comparison));
    }

    /// <summary>"batch=1 interrupts=frame completion=queued checksum=offload"</summary>
    internal static string DialsOf(ComparisonResult comparison)
        => string.Join(' ', comparison.Dials.Select(static dial => $"{dial.Key}={dial.Value}"));

    private static StackedBar Bar(PlacementResult column, ComparisonResult comparison)
        => new(column.Placement.Name, [.. column.Layers], Figures.Whole(column.InstructionsPerDatagram), RatioOf(column, comparison));

    private static string RatioOf(PlacementResult column, ComparisonResult comparison)
        => Figures.Ratio(column.InstructionsPerDatagram / comparison.Baseline!.InstructionsPerDatagram);

    private static ReportTable Table(ComparisonResult comparison)
    {
        IReadOnlyList<PlacementResult> columns = comparison.Placements;
        List<IReadOnlyList<string>> rows =
        [
            .. columns[0].Layers.Keys.Select(layer => Row(layer, columns, column => Figures.Whole(column.Layers[layer]))),
            Row("all", columns, static column => Figures.Whole(column.InstructionsPerDatagram)),
            Row("ratio", columns, column => RatioOf(column, comparison)),
            Row("received", columns, static column => Figures.Whole(column.Counted.Received)),
            Row("lost", columns, static column => Figures.Whole(column.Counted.Lost)),
            Row("write errors", columns, static column => Figures.Whole(column.Counted.Window.WriteErrors)),
        ];
        return new ReportTable(["layer", .. columns.Select(static column => column.Placement.Name)], rows);
    }

    private static List<string> Row(string name, IReadOnlyList<PlacementResult> columns, Func<PlacementResult, string> cell)
        => [name, .. columns.Select(cell)];

    private static IEnumerable<string> Warnings(ComparisonResult comparison)
        => comparison.Placements.SelectMany(WarningsOf);

    private static IEnumerable<string> WarningsOf(PlacementResult column)
    {
        string name = column.Placement.Name;
        if (column.Profile.OtherShare > MostOther)
            yield return $"{name}: {Figures.Small(column.Profile.OtherShare * 100)} % of the instructions belong to no layer.";
        if (column.Counted.Window.WriteErrors > 0 || column.Counted.Lost > 0)
            yield return $"{name}: {Figures.Whole(column.Counted.Window.WriteErrors)} calls of write() failed and "
                + $"{Figures.Whole(column.Counted.Lost)} datagrams were lost; what they took is shared among the datagrams that were sent.";
    }
}
