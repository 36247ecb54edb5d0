// Losses to local queues against losses to collisions. Next: ExplanationSection.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Abi;
using RingOS.Ethernet;
using RingOS.Host.Report;
using RingOS.Host.Report.Charts;
using TransmitOutcome = RingOS.Ethernet.TransmitOutcome;

namespace RingOS.Hub.Report;

/// <summary>Draws where each host's datagrams went, and why its writes failed.</summary>
internal static class LossSection
{
    private const double NameWidth = 170;
    private const double LegendStep = 148;

    private static readonly (string Name, Func<FrameRecord, bool> Holds)[] s_fates =
    [
        (HubPalette.Delivered, static frame => frame.IsDelivered),
        (HubPalette.Excessive, static frame => frame.Report?.Outcome == TransmitOutcome.ExcessiveCollisions),
        (HubPalette.Late, static frame => frame.Report?.Outcome == TransmitOutcome.LateCollision),
        (HubPalette.Unheard, static frame => frame is { IsDelivered: false, Report.Outcome: TransmitOutcome.Sent }),
        (HubPalette.Waiting, static frame => frame.Report is null),
    ];

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("Where the datagrams went", "losses");
        yield return Html.Paragraph("A datagram that iperf wants to send is delivered, or lost on the wire after sixteen collisions, or never taken: "
            + "when the time was over, a full local queue had refused it, or write() was still waiting for earlier ones. Only the second is a collision's "
            + "doing; with completion=queued, a program's first error on a busy wire is nearly always a full queue.");
        yield return Fates(result).ToHtml();
        yield return Failures(result).ToHtml();
    }

    private static ReportFigure Fates(HubResult result)
    {
        const string Caption = "Datagrams of each host by what became of them; on the right, delivered of wanted. A frame that was lost and whose "
            + "datagram iperf then sent again (completion=wait) counts in both ways. Not shown: other frames, as of ARP";
        List<StackedBar> bars = [.. result.Hosts.Select(host => Bar(result, host.Number))];
        ReportTable table = new(
            ["host", .. bars.SelectMany(static bar => bar.Parts.Select(static part => part.Key)).Distinct(), "all", "delivered of wanted"],
            [.. bars.Select(static bar => (IReadOnlyList<string>)
                [bar.Name, .. bar.Parts.Select(static part => Figures.Whole(part.Value)), bar.Total, bar.Ratio])]);
        bool hasAny = bars.Exists(static bar => bar.Parts.Any(static part => part.Value > 0));
        return new ReportFigure(Caption, hasAny ? [StackedBars.Draw(Caption, bars, "of wanted", LegendStep)] : [], table);
    }

    private static StackedBar Bar(HubResult result, int host)
    {
        HostFigures figures = result.Figures[host];
        List<FrameRecord> datagrams = [.. result.FramesOf(host).Where(static frame => frame.Datagram is > 0)];
        List<KeyValuePair<string, double>> parts = [.. s_fates.Select(fate => KeyValuePair.Create(fate.Name, (double)datagrams.Count(fate.Holds)))];
        double missing = figures.Offered is long wanted ? wanted - (figures.Written ?? 0) : 0;
        parts.Add(new(HubPalette.NotTaken, Math.Max(0, missing)));
        return new StackedBar(
            HubPalette.HostName(host),
            parts,
            Figures.Whole(parts.Sum(static part => part.Value)),
            figures.Offered is null or 0 ? Figures.NotMeasured : Figures.Ratio(parts[0].Value / figures.Offered.Value));
    }

    private static ReportFigure Failures(HubResult result)
    {
        const string Caption = "Calls of write() that a local queue refused, beside frames lost to collisions. Calls, not datagrams: iperf tries the "
            + "same datagram again, so a full queue refuses it many times";
        List<PlainBar> bars = [.. result.Hosts.SelectMany(host => FailureBars(result.Figures[host.Number], HubPalette.HostName(host.Number)))];
        ReportTable table = new(
            ["host", "refused: ENOBUFS", "refused: EAGAIN", "lost to collisions", "of these told: EIO"],
            [
                .. result.Hosts.Select(host => (IReadOnlyList<string>)
                [
                    HubPalette.HostName(host.Number), FailedBy(result, host, Status.NoBufferSpace), FailedBy(result, host, Status.WouldBlock),
                    Figures.Whole(LostToCollisions(result.Figures[host.Number])), FailedBy(result, host, Status.IoError),
                ]),
            ]);
        return new ReportFigure(Caption, bars.Exists(static bar => bar.Value > 0) ? [PlainBars.Draw(Caption, bars, NameWidth)] : [], table);
    }

    private static IEnumerable<PlainBar> FailureBars(HostFigures figures, string name) =>
    [
        Bar($"{name}, queue full", figures.QueueDrops),
        Bar($"{name}, collisions", LostToCollisions(figures)),
    ];

    private static PlainBar Bar(string name, long count) => new(name, count, Figures.Whole(count));

    private static long LostToCollisions(HostFigures figures) => figures.Excessive + figures.Late;

    private static string FailedBy(HubResult result, HostRun host, Status reason)
        => host.Report is null ? Figures.NotMeasured : Figures.Whole(result.Figures[host.Number].Failed.GetValueOrDefault((int)reason));
}
