// A row a host, from what its iperf wanted to what arrived. Next: LossSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Report;

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
        yield return Html.Heading("The hosts", "hosts");
        yield return Html.Paragraph("Calls of write() are iperf's, frames are the NIC's, ARP's and the server's answers included. The wait for the wire "
            + "is from the NIC's offer of a frame to the attempt that sent it. What the peer's iperf received is its own word; a dash: nobody said it.");
        yield return new ReportTable(s_columns, [.. result.Hosts.Select(host => Row(result, host.Number))]).ToHtml();
    }

    private static IReadOnlyList<string> Row(HubResult result, int host)
    {
        HostFigures figures = result.Figures[host];
        return
        [
            HubPalette.HostName(host), Figures.Whole(figures.Offered), Figures.Whole(figures.Written), Failures(figures), Figures.Whole(figures.Sent),
            Figures.Whole(figures.Deferred), Figures.Whole(figures.Collisions), Figures.Whole(figures.Excessive), Figures.Whole(figures.Late),
            Figures.Whole(figures.Delivered), Figures.Whole(result.Hosts[host].Report?.ServerReceived), Figures.Small(result.ShareOf(host) * 100),
            Figures.Small(figures.MeanDelayMicroseconds), Figures.Small(figures.P99DelayMicroseconds),
        ];
    }

    private static string Failures(HostFigures figures)
        => figures.Failed.Count == 0 ? "0" : string.Join(", ", figures.Failed.OrderBy(static pair => pair.Key).Select(
            static pair => $"{Figures.Whole(pair.Value)} {ErrnoNames.Of(pair.Key)}"));
}
