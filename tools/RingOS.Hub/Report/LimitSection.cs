// What the figures do not say, and how to get them again. Back to: HubReport.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Report;

namespace RingOS.Hub.Report;

/// <summary>Writes the limits of the figures and the way to repeat them.</summary>
internal static class LimitSection
{
    private static readonly string[] s_limits =
    [
        "Computing costs no simulated time: a guest is infinitely fast. So queues fill by what the wire carries, never by what a processor can do; costs in instructions are those of ./ringos compare.",
        "The hub is an ideal repeater: it delays by its share of the round trip, adds no jam of its own and never breaks. No bit is ever damaged but by a collision.",
        "iperf tries a refused datagram again with the next one's turn, so refused writes count turns, not lost datagrams. With completion=wait it tries a lost one again too.",
        "The NIC is a model of the registers that its driver uses, not a Broadcom chip; its frames go through an event simulator of IEEE 802.3 clause 4.",
        "The curves are the simulator's alone, with frames at random times and for half a second at 100 Mb/s: rare events, as frames given up by few stations, are few in them.",
        "One seed is one run. Shares and losses of single hosts are luck; another --seed deals it otherwise.",
        "The wire is the same in every placement, to the bit, but with ring3-queue, whose link goes by the clock: nothing here says which placement is better.",
    ];

    public static IEnumerable<XElement> Write() =>
    [
        Html.Heading("What these figures do not say", "limits"),
        Html.Items(s_limits),
    ];

    /// <param name="result">The experiment.</param>
    /// <param name="versions">Of the tools, by name; none if nobody has asked them.</param>
    public static IEnumerable<XElement> WriteRepetition(HubResult result, IReadOnlyDictionary<string, string>? versions)
    {
        yield return Html.Heading("To repeat it", "repeat");
        yield return Html.Code(result.Options.Command);
        yield return Html.Paragraph($"The same options give the same trace of the wire, seed {result.Options.Seed}; SHA-256 over all its events:");
        yield return Html.Code(result.TraceHash);
        if (versions is { Count: > 0 })
            yield return new ReportTable(["tool", "version"], [.. versions.Select(static pair => (IReadOnlyList<string>)[pair.Key, pair.Value])]) { HoldsWords = true }.ToHtml();
    }
}
