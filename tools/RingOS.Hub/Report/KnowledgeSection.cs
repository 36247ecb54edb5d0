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

    private static readonly (string Question, string Driver, string Wire)[] s_questions =
    [
        ("Was this frame lost?", "Only by the excessive-collision counter, and for certain only while one frame is under way: no descriptor says it.",
            "Yes, for each frame: the journal has its last attempt."),
        ("How often did this frame collide?", "No: the counter is a sum over all frames.", "Yes, attempt by attempt, with the slots it drew."),
        ("With whom?", "No: a NIC hears that the wire is garbled, not by whom.", "Yes."),
        ("Did the other NIC hear it?", "No: a hub acknowledges nothing. \"Sent\" means that the sender heard no collision.", "Yes."),
        ("Why did write() say ENOBUFS?", "Yes: its queue was full. That is before the wire, which knows nothing of it.", "No."),
    ];

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("What a driver can know", "knowledge");
        yield return Html.Paragraph("The BCM5721 counts collisions in registers that reading clears. It has no collision bit in MAC_STATUS or "
            + "MAC_TX_STATUS, and its send descriptors are never written back: which frame collided, it does not say. The driver asks the "
            + "counters each time the device passes frames; with one frame under way, that is certain.");
        yield return Words().ToHtml();
        yield return Html.Paragraph("The driver's counters beside the wire's own. The driver's were read when iperf ended, the wire's when the last guest had: what the host "
            + "did after that, such as its server's answers, is in the wire's only, so its figure may be the larger one. A driver that knows more than the wire would be wrong.");
        yield return Counters(result).ToHtml();
    }

    private static ReportTable Words() => new(
        ["question", "the driver", "the wire's journal"], [.. s_questions.Select(static row => (IReadOnlyList<string>)[row.Question, row.Driver, row.Wire])])
    {
        HoldsWords = true,
    };

    private static ReportTable Counters(HubResult result) => new(
        ["host", "counter", "driver", "wire", "equal"],
        [.. result.Hosts.SelectMany(host => s_rows.Select(row => Row(host, row.Title, Known(host, row.Counter), row.Truth(result.Medium.Stations[host.Number]))))]);

    private static IReadOnlyList<string> Row(HostRun host, string title, long? known, long truth)
        => [HubPalette.HostName(host.Number), title, Figures.Whole(known), Figures.Whole(truth), Verdict(known, truth)];

    private static string Verdict(long? known, long truth) => known switch
    {
        null => Figures.NotMeasured,
        long value when value == truth => "equal",
        long value when value < truth => $"{Figures.Whole(truth - value)} fewer",
        long value => $"{Figures.Whole(value - truth)} MORE",
    };

    private static long? Known(HostRun host, NicCounter counter)
        => host.Report?.Counters.TryGetValue(counter.ToString(), out long value) == true ? value : null;
}
