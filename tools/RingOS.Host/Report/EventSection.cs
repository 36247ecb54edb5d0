// What an instruction count does not weigh: crossings, switches, messages, device accesses, per datagram. Next: ThroughputSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Report.Charts;

namespace RingOS.Host.Report;

/// <summary>Writes the events per datagram.</summary>
internal static class EventSection
{
    public static IEnumerable<XElement> Write(LadderResult result)
    {
        yield return Html.Heading("Events per datagram", "events");
        yield return Html.Paragraph("Exact counts of what costs a processor more than its instructions say. A crossing is one change of "
            + "ring in either direction. Every small chart has a scale of its own; fractions come from what happens once in many "
            + "datagrams. Device accesses are counted from outside, everything else by the kernel, and checked from outside. The last row "
            + "of a table is a distance: the instructions from the first one of a device's interrupt to the first one of its driver's "
            + "handler, the median of the first ones. A driver that serves a request when the interrupt comes finishes that first.");
        foreach (ComparisonResult comparison in result.Comparisons.Where(static comparison => comparison.Placements.Count > 0))
            yield return Figure(comparison).ToHtml();
    }

    private static ReportFigure Figure(ComparisonResult comparison)
    {
        string caption = $"Events per datagram of {comparison.Options.Bytes} bytes; {LadderSection.DialsOf(comparison)}";
        XElement chart = BarPanels.Draw(caption, [.. EventRows.All.Select(row => Panel(row, comparison))]);
        return new ReportFigure(caption, [chart], Table(comparison));
    }

    private static BarPanel Panel(EventRow row, ComparisonResult comparison)
        => new(row.Title, [.. comparison.Placements.Select(column =>
            new PlainBar(column.Placement.Name, row.PerDatagram(column), Figures.Small(row.PerDatagram(column))))]);

    private static ReportTable Table(ComparisonResult comparison)
        => new(
            ["event", .. comparison.Placements.Select(static column => column.Placement.Name)],
            [.. EventRows.All.Select(row => (IReadOnlyList<string>)
                [row.Title, .. comparison.Placements.Select(column => Figures.Small(row.PerDatagram(column)))]),
                ["interrupt to driver (instructions)", .. comparison.Placements.Select(static column
                    => Figures.Whole(column.Profile.InterruptToDriver))],
            ]);
}
