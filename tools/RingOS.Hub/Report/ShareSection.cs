// Who had the wire when: the capture effect. Next: DelaySection.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Ethernet;
using RingOS.Host.Report;
using TransmitOutcome = RingOS.Ethernet.TransmitOutcome;

namespace RingOS.Hub.Report;

/// <summary>Draws each host's part of the wire over time.</summary>
internal static class ShareSection
{
    private const double LongBin = 20; // milliseconds
    private const int FewestBins = 10;
    private const int MostBins = 100;

    public static IEnumerable<XElement> Write(HubResult result)
    {
        double bin = BinOf(result.Options.Milliseconds);
        double[][] shares = SharesOf(result, bin);
        double[] fair = [.. Enumerable.Range(0, shares[0].Length).Select(index => Fairness.Jain(shares.Select(host => host[index])))];
        double[] known = [.. fair.Where(static index => index > 0).Order()];
        yield return Html.Heading("Who had the wire", "share");
        yield return Html.Paragraph("After a collision the winner starts its next frame with a fresh backoff, while the losers' ranges have grown: "
            + "so it often wins again, the capture effect. Shares that are equal over the whole run need not be so over a few milliseconds. "
            + $"Jain's index of the bytes sent is {Figures.Ratio(Fairness.Jain(result.Medium.Stations.Select(static station => (double)station.BytesSent)))} over the whole run "
            + $"(1: equal shares; {Figures.Ratio(1.0 / result.Options.Hosts)}: one host has all)"
            + (known.Length == 0 ? "." : $", and {Figures.Ratio(known[known.Length / 2])} in the median bin, {Figures.Ratio(known[0])} in the least fair."));
        string caption = $"Part of the time in which each host's frames were on the wire, in bins of {Figures.Small(bin)} ms from the first offer; 1.00 is all of it. "
            + "What is missing to the top is gaps, preambles, collisions and silence; a frame counts where it began";
        List<ColumnPart> parts = PartsOf(shares);
        XElement[] charts = known.Length == 0 ? [] : [StackedColumns.Draw(caption, $"ms of simulated time, {Figures.Small(bin)} a bin", bin, parts)];
        yield return new ReportFigure(caption, charts, Table(shares, known)).ToHtml();
    }

    private static double BinOf(int milliseconds)
        => milliseconds < LongBin * FewestBins ? milliseconds / (double)FewestBins : Math.Max(LongBin, milliseconds / (double)MostBins);

    // [host][bin], of the bin's time.
    private static double[][] SharesOf(HubResult result, double bin)
    {
        double bits = bin * result.Clock.BitsPerSecond / 1000;
        int count = (int)Math.Ceiling(result.Options.Milliseconds / bin);
        double[][] shares = [.. result.Hosts.Select(_ => new double[count])];
        List<FrameRecord> frames = [.. result.Frames.Where(static frame => frame.Report is { Outcome: TransmitOutcome.Sent })];
        long begin = frames.Where(static frame => frame.Datagram is not null).Select(static frame => frame.Report!.Value.OfferedAt).DefaultIfEmpty().Min();
        foreach (FrameRecord frame in frames)
        {
            double index = Math.Floor((frame.Report!.Value.StartedAt - begin) / bits);
            if (index >= 0 && index < count)
                shares[frame.Station][(int)index] += frame.WireBits / bits;
        }
        return shares;
    }

    // Beyond eight hosts nobody can tell them apart.
    private static List<ColumnPart> PartsOf(double[][] shares)
    {
        List<ColumnPart> parts = [.. shares.Take(HubPalette.NamedHosts).Select(static (heights, host) => new ColumnPart(HubPalette.HostName(host), heights))];
        double[][] rest = [.. shares.Skip(HubPalette.NamedHosts)];
        if (rest.Length > 0)
            parts.Add(new ColumnPart(HubPalette.OtherHosts, [.. rest[0].Select((_, bin) => rest.Sum(host => host[bin]))]));
        return parts;
    }

    private static ReportTable Table(double[][] shares, double[] fair)
    {
        List<IReadOnlyList<string>> rows = [.. shares.Select(static (heights, host) => Row(HubPalette.HostName(host), heights))];
        if (fair.Length > 0)
            rows.Add(Row("Jain's index", fair));
        return new ReportTable(["host", "least", "mean", "most"], rows);
    }

    private static IReadOnlyList<string> Row(string name, double[] values)
        => [name, Figures.Ratio(values.Min()), Figures.Ratio(values.Average()), Figures.Ratio(values.Max())];
}
