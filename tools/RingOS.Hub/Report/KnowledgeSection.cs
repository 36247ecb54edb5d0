// What the driver counted beside what happened on the wire. Next: ShareSection.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Abi;
using RingOS.Ethernet;
using RingOS.Host.Report;

namespace RingOS.Hub.Report;

/// <summary>Writes the comparison of the driver's knowledge and the truth.</summary>
internal static class KnowledgeSection
{
    private static readonly (string Title, NicCounter Counter, Func<StationStatistics, long> Truth)[] s_rows =
    [
        ("frames sent", NicCounter.FramesSent, static station => station.Sent),
        ("collisions (0x808)", NicCounter.Collisions, static station => station.Collisions),
        ("given up after 16 (0x82C)", NicCounter.ExcessiveCollisions, static station => station.Excessive),
        ("given up late (0x830)", NicCounter.LateCollisions, static station => station.Late),
        ("deferred (0x824)", NicCounter.Deferred, static station => station.Deferred),
    ];

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("What a driver can know", "knowledge");
        yield return Html.Paragraph("The BCM5721 counts collisions in registers that reading clears. It has no collision bit in MAC_STATUS or "
            + "MAC_TX_STATUS, and its send descriptors are never written back: which frame collided, it does not say. The driver asks the "
            + "counters each time the device passes frames; with one frame under way, that is certain. The driver's row was read when iperf "
            + "ended; what the host sent after that (its server's answers) is in the wire's row only.");
        List<IReadOnlyList<string>> rows = [];
        foreach ((string title, NicCounter counter, Func<StationStatistics, long> truth) in s_rows)
        {
            rows.Add([$"{title}: driver", .. result.Hosts.Select(host => Figures.Whole(Known(host, counter)))]);
            rows.Add([$"{title}: wire", .. result.Hosts.Select(host => Figures.Whole(truth(result.Medium.Stations[host.Number])))]);
        }
        yield return new ReportTable(["", .. result.Hosts.Select(static host => HostSection.NameOf(host.Number))], rows).ToHtml();
    }

    private static long? Known(HostRun host, NicCounter counter)
        => host.Report?.Counters.TryGetValue(counter.ToString(), out long value) == true ? value : null;
}
