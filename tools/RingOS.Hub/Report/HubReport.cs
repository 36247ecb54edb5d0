// The page of `./ringos hub --html FILE`: one file, no network, the same for the same experiment. Next: HostSection.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Report;
using RingOS.Hub.Explain;

namespace RingOS.Hub.Report;

/// <summary>Puts the page together.</summary>
public static class HubReport
{
    private const string Title = "RingOS: hosts on a half-duplex hub";

    /// <summary>The whole page, ending in a line feed. It is well-formed XML too.</summary>
    /// <param name="result">The experiment.</param>
    /// <param name="explanation">One of its failed writes, if somebody has followed one.</param>
    public static string Format(HubResult result, Explanation? explanation = null)
    {
        XElement page = new("html", new XAttribute("lang", "en"), Head(), Html.Element("body", Body(result, explanation)));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static XElement Head()
        => Html.Element("head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            Html.Element("title", Title),
            Html.Element("style", ReportStyle.Sheet));

    private static IEnumerable<XElement> Body(HubResult result, Explanation? explanation) =>
    [
        Palette.PatternDefinitions(),
        Html.Element("h1", Title),
        Html.Paragraph(Summary(result)),
        .. Problems(result),
        .. HostSection.Write(result),
        .. explanation is null ? [] : ExplanationSection.Write(explanation),
        .. LostFrameSection.Write(result),
        .. KnowledgeSection.Write(result),
        .. ShareSection.Write(result),
        .. LoadSection.Write(result),
        .. Limits(),
        .. Repetition(result),
    ];

    private static string Summary(HubResult result)
    {
        HubOptions options = result.Options;
        string middle = options.IsFullDuplex ? "a full-duplex switch" : "a half-duplex hub";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Hosts} RingOS guests on {middle} of {options.Megabits} Mb/s, each running iperf -u -b {Rate.Format(options.BitsPerSecond)} to the next "
            + $"for {options.Milliseconds / 1000.0} s of simulated time. The NIC driver lives in placement {options.Placement}; write() answers by completion="
            + $"{options.Completion}. The wire carried frame bits for {Figures.Small(result.Utilisation * 100)} % of the time, with "
            + $"{Figures.Ratio(result.CollisionsPerFrame)} collisions for each frame sent.");
    }

    private static IEnumerable<XElement> Problems(HubResult result)
        => result.Hosts.Where(static host => host.Problem is not null)
            .Select(static host => Html.Note(string.Create(CultureInfo.InvariantCulture, $"Host {host.Number + 1}: {host.Problem}")));

    private static IEnumerable<XElement> Limits() =>
    [
        Html.Heading("What these figures do not say", "limits"),
        Html.Items(
        [
            "Computing costs no simulated time: a guest is infinitely fast. So queues fill by what the wire carries, never by what a processor can do; costs in instructions are those of ./ringos compare.",
            "The hub is an ideal repeater: it delays by its share of the round trip, adds no jam of its own and never breaks.",
            "iperf tries a refused datagram again with the next one's turn, so refused writes count turns, not lost datagrams.",
            "The NIC is a model of the registers that its driver uses, not a Broadcom chip; its frames go through an event simulator of IEEE 802.3 clause 4.",
            "The wire is the same in every placement, to the bit (but in ring3-queue, whose link goes by the clock): nothing here says which placement is better.",
        ]),
    ];

    private static IEnumerable<XElement> Repetition(HubResult result) =>
    [
        Html.Heading("To repeat it", "repeat"),
        Html.Code(result.Options.Command),
        Html.Paragraph($"The same options give the same trace of the wire: {result.TraceHash}"),
    ];
}
