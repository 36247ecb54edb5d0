// The page of `./ringos compare --all --html FILE`: one file, no network. Next: LadderSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;

namespace RingOS.Host.Report;

/// <summary>Puts the page together.</summary>
public static class ReportPage
{
    private const string Title = "RingOS: one NIC driver, any ring";

    /// <summary>The whole page, ending in a line feed. It is well-formed XML too.</summary>
    public static string Format(LadderResult result)
    {
        XElement page = new("html", new XAttribute("lang", "en"), Head(), Html.Element("body", Body(result)));
        return $"<!DOCTYPE html>\n{page.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static XElement Head()
        => Html.Element("head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            Html.Element("title", Title),
            Html.Element("style", ReportStyle.Sheet));

    private static IEnumerable<XElement> Body(LadderResult result)
    {
        yield return Palette.PatternDefinitions();
        yield return Html.Element("h1", Title);
        yield return Html.Paragraph("What does it cost, and what does it buy, to put a NIC driver behind a wall? The same driver, used by "
            + "the same program, was placed in different rings and address spaces. " + Summary(result));
        IReadOnlyList<XElement> sections = [.. Sections(result)];
        yield return Contents(sections);
        foreach (XElement element in sections)
            yield return element;
    }

    private static IEnumerable<XElement> Sections(LadderResult result) =>
    [
        .. LadderSection.Write(result), .. Gaps(result, LadderPart.Headline), .. Gaps(result, LadderPart.Batches),
        .. Gaps(result, LadderPart.Checks),
        .. EventSection.Write(result),
        .. ThroughputSection.Write(result), .. Gaps(result, LadderPart.Sizes),
        .. LatencySection.Write(result), .. Gaps(result, LadderPart.Latency),
        .. LatencySection.WriteReceived(result), .. Gaps(result, LadderPart.Receive),
        .. PrimitiveSection.Write(result), .. Gaps(result, LadderPart.Primitives),
        .. FaultSection.Write(result), .. Gaps(result, LadderPart.Faults),
        .. ProtectionSection.Write(result),
        .. LimitSection.Write(),
        .. LimitSection.WriteRepetition(result),
    ];

    private static string Summary(LadderResult result)
    {
        ComparisonResult headline = result.Comparisons[0];
        PlacementResult? dearest = headline.Placements.MaxBy(static column => column.InstructionsPerDatagram);
        if (headline.Baseline is not { } first || dearest is null)
            return "";
        return $"A datagram of {headline.Options.Bytes} bytes took {Figures.Whole(first.InstructionsPerDatagram)} instructions in "
            + $"{first.Placement.Name} and {Figures.Whole(dearest.InstructionsPerDatagram)} in {dearest.Placement.Name}, the dearest: "
            + $"{Figures.Ratio(dearest.InstructionsPerDatagram / first.InstructionsPerDatagram)} times as many ({headline.Options.Dials}).";
    }

    /// <summary>Links to all headings.</summary>
    internal static XElement Contents(IEnumerable<XElement> sections)
        => Html.Element("nav", sections.Where(static element => element.Name == "h2")
            .SelectMany(static heading => new object[] { Link(heading), " " }));

    private static XElement Link(XElement heading)
        => Html.Element("a", new XAttribute("href", $"#{heading.Attribute("id")!.Value}"), heading.Value);

    private static IEnumerable<XElement> Gaps(LadderResult result, string part)
        => result.GapsOf(part).Select(static gap => Html.Note($"Not measured ({gap.Part}): {gap.What}: {gap.Reason}"));
}
