// Where each host's datagrams went. Next: ExplanationSection.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Report;
using RingOS.Host.Report.Charts;

namespace RingOS.Hub.Report;

/// <summary>Writes the hosts' rows.</summary>
internal static class HostSection
{
    private static readonly string[] s_columns =
    [
        "host", "wanted", "write() = 1470", "write() = -1", "sent", "deferred", "collisions", "lost after 16", "lost late", "delivered",
        "peer's iperf", "share %", "mean wait us", "99 % within us",
    ];

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("Where the datagrams went", "hosts");
        yield return Html.Paragraph("A datagram that iperf wants to send is delivered, or lost on the wire after sixteen collisions, or refused by "
            + "a local queue because the wire has not taken the earlier ones. Only the second is a collision's doing; the first error of a "
            + "program on a busy wire is nearly always the third.");
        const string Caption = "Datagrams of each host: delivered, lost to collisions, refused by a full local queue; on the right, delivered of wanted";
        List<StackedBar> bars = [.. Enumerable.Range(0, result.Options.Hosts).Select(host => Bar(result, host))];
        bool hasAny = bars.Exists(static bar => bar.Parts.Any(static part => part.Value > 0));
        ReportTable table = new(s_columns, [.. Enumerable.Range(0, result.Options.Hosts).Select(host => Row(result, host))]);
        yield return new ReportFigure(Caption, hasAny ? [StackedBars.Draw(Caption, bars)] : [], table).ToHtml();
    }

    private static StackedBar Bar(HubResult result, int host)
    {
        HostFigures figures = result.Figures[host];
        double wanted = figures.Offered ?? figures.Written ?? 0;
        return new StackedBar(
            NameOf(host),
            [
                new(Palette.Delivered, figures.Delivered),
                new(Palette.Collided, figures.Excessive + figures.Late),
                new(Palette.Refused, figures.QueueDrops),
            ],
            Figures.Whole(figures.Delivered),
            wanted == 0 ? Figures.NotMeasured : Figures.Ratio(figures.Delivered / wanted));
    }

    private static IReadOnlyList<string> Row(HubResult result, int host)
    {
        HostFigures figures = result.Figures[host];
        return
        [
            NameOf(host), Figures.Whole(figures.Offered), Figures.Whole(figures.Written), Failures(figures), Figures.Whole(figures.Sent),
            Figures.Whole(figures.Deferred), Figures.Whole(figures.Collisions), Figures.Whole(figures.Excessive), Figures.Whole(figures.Late),
            Figures.Whole(figures.Delivered), Figures.Whole(result.Hosts[host].Report?.ServerReceived), Figures.Small(result.ShareOf(host) * 100),
            Figures.Small(figures.MeanDelayMicroseconds), Figures.Small(figures.P99DelayMicroseconds),
        ];
    }

    internal static string NameOf(int host) => string.Create(CultureInfo.InvariantCulture, $"host {host + 1}");

    private static string Failures(HostFigures figures)
        => figures.Failed.Count == 0 ? "0" : string.Join(", ", figures.Failed.OrderBy(static pair => pair.Key).Select(
            static pair => $"{Figures.Whole(pair.Value)} {ErrnoNames.Of(pair.Key)}"));
}
