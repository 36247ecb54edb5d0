// How long write() takes, and what receiving costs. Next: PrimitiveSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Report.Charts;

namespace RingOS.Host.Report;

/// <summary>Writes latencies and the receiving side.</summary>
internal static class LatencySection
{
    private const double NameWidth = 130;

    public static IEnumerable<XElement> Write(LadderResult result)
    {
        yield return Html.Heading("How long one write() takes", "latency");
        yield return Html.Paragraph("Each strip is a histogram over all calls of a counted run; the axis is logarithmic, the thick mark is "
            + "the median, the thin line runs from the fastest to the slowest call. With completion=queued write() returns once the packet "
            + "is queued, with wait once the NIC has reported it, with next at once, an earlier loss as its error. A tick is a guest "
            + "instruction; halted time counts as if instructions had run.");
        foreach (string completion in Dials.CompletionWords)
        {
            List<LatencyDistribution> strips = [.. result.Latencies.Where(strip => strip.Completion == completion)];
            if (strips.Count > 0)
                yield return Figure(strips, completion).ToHtml();
        }
    }

    /// <summary>Receiving, echoing, and being pinged.</summary>
    public static IEnumerable<XElement> WriteReceived(LadderResult result)
    {
        yield return Html.Heading("Receiving", "receive");
        yield return Html.Paragraph("Guest instructions for a UDP datagram received, for one received and sent back, and for an ICMP echo "
            + "sent and its answer received. Halted time is not counted.");
        foreach (string kind in ReceiveFigure.Kinds)
        {
            List<ReceiveFigure> figures = [.. result.Received.Where(figure => figure.Kind == kind)];
            if (figures.Count > 0)
                yield return Received(figures, kind).ToHtml();
        }
    }

    private static ReportFigure Figure(List<LatencyDistribution> strips, string completion)
    {
        string caption = $"Ticks of one write(); {Dials.Headline with { Completion = completion }}";
        return new ReportFigure(caption, [LatencyStrips.Draw(caption, strips)], new ReportTable(
            ["placement", "fastest", "median", "99 %", "slowest", "calls", "histogram (from: calls)"], [.. strips.Select(Row)]));
    }

    private static IReadOnlyList<string> Row(LatencyDistribution strip) =>
    [
        strip.Placement,
        Figures.Whole(strip.Minimum),
        Figures.Whole(strip.Median),
        Figures.Whole(strip.P99),
        Figures.Whole(strip.Maximum),
        Figures.Whole(strip.Buckets.Sum(static bucket => bucket.Count)),
        string.Join("; ", strip.Buckets.Select(static bucket => $"{bucket.Low}: {bucket.Count}")),
    ];

    private static ReportFigure Received(List<ReceiveFigure> figures, string kind)
    {
        string caption = $"Instructions, {kind}; {Dials.Headline}";
        return new ReportFigure(
            caption,
            [PlainBars.Draw(caption, [.. figures.Select(static figure
                => new PlainBar(figure.Placement, figure.Instructions, Figures.Whole(figure.Instructions)))], NameWidth)],
            new ReportTable(["placement", "instructions", "counted", "lost"], [.. figures.Select(static figure => (IReadOnlyList<string>)
                [figure.Placement, Figures.Whole(figure.Instructions), Figures.Whole(figure.Count), Figures.Whole(figure.Lost)])]));
    }
}
