// Throughput: relative to the first placement by datagram size, and against the clock. Next: LatencySection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Report.Charts;

namespace RingOS.Host.Report;

/// <summary>Writes the throughput ratios.</summary>
internal static class ThroughputSection
{
    private const double NameWidth = 130;

    public static IEnumerable<XElement> Write(LadderResult result)
    {
        yield return Html.Heading("Throughput by datagram size and batch", "throughput");
        yield return Html.Paragraph("How many datagrams a placement sends in the instructions in which the first one sends one: 1.00 is as "
            + "good as the first, 0.50 half of it. The price of a wall is paid per datagram, so where copying grows with the size, the "
            + "ratio does too.");
        foreach (Dials dials in LadderOptions.Settings)
        {
            if (SizeFigure(result, dials) is { } figure)
                yield return figure.ToHtml();
        }
        yield return Html.Paragraph("Against the clock, in QEMU without KVM: the median of interleaved rounds, the whisker from the "
            + "slowest to the fastest. It is QEMU's speed, not a processor's: an address-space switch flushes its whole TLB, and so does a "
            + "change of protection keys.");
        foreach (ComparisonResult comparison in result.Comparisons.Where(static comparison => comparison.Placements.Count > 0))
            yield return ClockFigure(comparison).ToHtml();
    }

    private static ReportFigure? SizeFigure(LadderResult result, Dials dials)
    {
        List<SizePoint> points = [.. result.Sizes.Where(point => point.Dials == dials).OrderBy(static point => point.Bytes)];
        if (points.Count == 0)
            return null;
        string first = points.Exists(static point => point.Placement == "monolithic") ? "monolithic" : points[0].Placement;
        Dictionary<int, double> baseline = points.Where(point => point.Placement == first)
            .ToDictionary(static point => point.Bytes, static point => point.Instructions);
        List<ChartLine> lines = [.. result.Options.Placements
            .Select(placement => Line(placement.Name, points, baseline)).Where(line => line.Points.Count == baseline.Count)];
        string caption = $"Datagrams per instruction, as a ratio to {first}, by UDP payload; {dials}";
        return new ReportFigure(caption, [LineChart.Draw(caption, "bytes of UDP payload", lines)], SizeTable(lines, points, baseline));
    }

    private static ChartLine Line(string placement, List<SizePoint> points, Dictionary<int, double> baseline)
        => new(placement, [.. points.Where(point => point.Placement == placement && baseline.ContainsKey(point.Bytes))
            .Select(point => new Spot(point.Bytes, baseline[point.Bytes] / point.Instructions))], Figures.Ratio);

    private static ReportTable SizeTable(List<ChartLine> lines, List<SizePoint> points, Dictionary<int, double> baseline)
    {
        List<int> sizes = [.. baseline.Keys.Order()];
        IEnumerable<IReadOnlyList<string>> ratios = lines.Select(static line
            => (IReadOnlyList<string>)[$"{line.Name}, ratio", .. line.Points.Select(static point => Figures.Ratio(point.Y))]);
        IEnumerable<IReadOnlyList<string>> counts = lines.Select(line => (IReadOnlyList<string>)[$"{line.Name}, instructions",
            .. points.Where(point => point.Placement == line.Name && sizes.Contains(point.Bytes))
                .Select(static point => Figures.Whole(point.Instructions))]);
        return new ReportTable(["placement", .. sizes.Select(static size => $"{size} bytes")], [.. ratios, .. counts]);
    }

    private static ReportFigure ClockFigure(ComparisonResult comparison)
    {
        string caption = $"Datagrams of {comparison.Options.Bytes} bytes a second in plain TCG; {LadderSection.DialsOf(comparison)}; "
            + $"{comparison.Options.Rounds} rounds of {comparison.Options.WallSeconds} s";
        List<PlainBar> bars = [.. comparison.Placements.Select(static column
            => new PlainBar(
                column.Placement.Name, column.MedianTimed.DatagramsPerSecond, Figures.Whole(column.MedianTimed.DatagramsPerSecond))
            {
                Spread = (column.Timed[0].DatagramsPerSecond, column.Timed[^1].DatagramsPerSecond),
            })];
        return new ReportFigure(caption, [PlainBars.Draw(caption, bars, NameWidth)], ClockTable(comparison));
    }

    private static ReportTable ClockTable(ComparisonResult comparison)
        => new(
            ["placement", "median", "ratio", "slowest round", "fastest round", "lost in the host (sum)"],
            [.. comparison.Placements.Select(column => ClockRow(column, comparison.Baseline!))]);

    private static IReadOnlyList<string> ClockRow(PlacementResult column, PlacementResult baseline) =>
    [
        column.Placement.Name,
        Figures.Whole(column.MedianTimed.DatagramsPerSecond),
        Figures.Ratio(column.MedianTimed.DatagramsPerSecond / baseline.MedianTimed.DatagramsPerSecond),
        Figures.Whole(column.Timed[0].DatagramsPerSecond),
        Figures.Whole(column.Timed[^1].DatagramsPerSecond),
        Figures.Whole(column.MedianTimed.HostLost),
    ];
}
