// Who had the wire when: the capture effect. Next: LoadSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Ethernet;
using RingOS.Host.Report;
using RingOS.Host.Report.Charts;

namespace RingOS.Hub.Report;

/// <summary>Draws each host's part of the wire over time.</summary>
internal static class ShareSection
{
    private const int Bins = 40;
    private const int MostLines = 8;

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("Who had the wire", "share");
        yield return Html.Paragraph("After a collision the winner starts its next frame with a fresh backoff, while the losers' ranges have grown: "
            + "so it often wins again. Shares even out over seconds, not over milliseconds. Jain's index over the whole run (1: equal shares): "
            + Figures.Ratio(Jain(result)));
        long length = result.Options.Milliseconds * (result.Clock.BitsPerSecond / 1000) / Bins;
        long begin = result.Frames.Where(static frame => frame.Report is not null).Select(static frame => frame.Report!.Value.OfferedAt).DefaultIfEmpty().Min();
        List<ChartLine> lines = [.. Enumerable.Range(0, System.Math.Min(result.Options.Hosts, MostLines)).Select(host => Line(result, host, begin, length))];
        string caption = $"Part of the time in which each host's frames were on the wire, in bins of {Figures.Small(result.Options.Milliseconds / (double)Bins)} ms; 1.00 is all of it";
        XElement[] charts = lines.Exists(static line => line.Points.Any(static point => point.Y > 0)) ? [LineChart.Draw(caption, "bin", lines)] : [];
        yield return new ReportFigure(caption, charts, Table(lines)).ToHtml();
    }

    private static ChartLine Line(HubResult result, int host, long begin, long length)
    {
        double[] bits = new double[Bins];
        foreach (FrameRecord frame in result.FramesOf(host).Where(static frame => frame.Report is { Outcome: TransmitOutcome.Sent }))
        {
            long bin = (frame.Report!.Value.StartedAt - begin) / length;
            if (bin is >= 0 and < Bins)
                bits[bin] += frame.WireBits;
        }
        return new ChartLine(HostSection.NameOf(host), [.. bits.Select((value, bin) => new Spot(bin + 1, value / length))], Figures.Ratio);
    }

    private static ReportTable Table(List<ChartLine> lines)
        => new(
            ["host", "least", "mean", "most"],
            [
                .. lines.Select(static line => (IReadOnlyList<string>)
                [
                    line.Name, Figures.Ratio(line.Points.Min(static point => point.Y)), Figures.Ratio(line.Points.Average(static point => point.Y)),
                    Figures.Ratio(line.Points.Max(static point => point.Y)),
                ]),
            ]);

    private static double Jain(HubResult result)
    {
        double sum = result.Medium.Total(static station => station.BytesSent);
        double squares = result.Medium.Stations.Sum(static station => (double)station.BytesSent * station.BytesSent);
        return squares == 0 ? 0 : sum * sum / (squares * result.Options.Hosts);
    }
}
