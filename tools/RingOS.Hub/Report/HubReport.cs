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
    /// <param name="versions">Of the tools that made the experiment, by name.</param>
    public static string Format(HubResult result, Explanation? explanation = null, IReadOnlyDictionary<string, string>? versions = null)
    {
        XElement page = new("html", new XAttribute("lang", "en"), Head(), Html.Element("body", Body(result, Sections(result, explanation, versions))));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static XElement Head()
        => Html.Element("head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            Html.Element("title", Title),
            Html.Element("style", ReportStyle.Sheet));

    private static IEnumerable<XElement> Body(HubResult result, IReadOnlyList<XElement> sections) =>
    [
        Palette.PatternDefinitions(HubPalette.Fills),
        Html.Element("h1", Title),
        Html.Paragraph(Summary(result)),
        Html.Code(result.Options.Command),
        .. Problems(result),
        ReportPage.Contents(sections),
        .. sections,
    ];

    private static IReadOnlyList<XElement> Sections(HubResult result, Explanation? explanation, IReadOnlyDictionary<string, string>? versions) =>
    [
        .. HostSection.Write(result),
        .. LossSection.Write(result),
        .. explanation is null ? [] : ExplanationSection.Write(explanation),
        .. LostFrameSection.Write(result),
        .. KnowledgeSection.Write(result),
        .. ShareSection.Write(result),
        .. DelaySection.Write(result),
        .. LoadSection.Write(result),
        .. LimitSection.Write(),
        .. LimitSection.WriteRepetition(result, versions),
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

    // A guest may have written anything on its serial line, even what XML has no way to say.
    private static IEnumerable<XElement> Problems(HubResult result)
    {
        if (result.Trouble is not null)
            yield return Html.Note($"The run ended early: {Printable(result.Trouble)}");
        foreach (HostRun host in result.Hosts.Where(static host => host.Problem is not null))
        {
            yield return Html.Note(string.Create(CultureInfo.InvariantCulture, $"{HubPalette.HostName(host.Number)} did not end well; what is missing below is its:"));
            yield return Html.Code(Printable(host.Problem!));
        }
    }

    private static string Printable(string text)
        => string.Concat(text.Select(static character => character is '\n' or '\t' || (character >= ' ' && !char.IsSurrogate(character) && character < '\uFFFE') ? character : '?'));
}
