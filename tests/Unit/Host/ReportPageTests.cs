// The page of `compare --all --html`: whole, self-contained, every number of a chart in its table. Code: tools/RingOS.Host/Report
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Report;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class ReportPageTests
{
    private static readonly string s_text = ReportPage.Format(ReportSample.Full());
    private static readonly XElement s_page = Parse(s_text);

    [Fact]
    public void ItIsHtmlThatIsAlsoWellFormedXml()
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", s_text, StringComparison.Ordinal);
        Assert.Equal(["head", "body"], s_page.Elements().Select(element => element.Name.LocalName));
        Assert.DoesNotContain('\r', s_text);
        // HTML does not unescape within style, and knows the short form <x/> only for void elements and drawings.
        Assert.True(s_page.Descendants("style").Single().Value.IndexOfAny(['<', '>', '&']) < 0);
        string[] mayBeShort = ["meta", "rect", "line", "polyline", "polygon", "path"];
        Assert.Empty(s_page.Descendants().Where(element => element.IsEmpty).Select(element => element.Name.LocalName).Except(mayBeShort));
    }

    [Fact]
    public void ItNeedsNoNetwork()
    {
        Assert.DoesNotContain(s_page.DescendantsAndSelf().Attributes(), static attribute => attribute.Name.LocalName is "src" or "xmlns");
        Assert.All(s_page.Descendants().Attributes("href"), static link => Assert.StartsWith("#", link.Value, StringComparison.Ordinal));
        foreach (string outside in new[] { "http:", "https:", "//", "@import", "<script", "<link" })
            Assert.DoesNotContain(outside, s_text, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(s_text.Length, 20_000, 400_000);
    }

    [Fact]
    public void EveryReferenceHasItsTarget()
    {
        List<string> ids = [.. s_page.Descendants().Attributes("id").Select(static id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(s_page.Descendants("a").Select(static link => link.Attribute("href")!.Value[1..]).Except(ids));
        IEnumerable<string> fills = s_page.Descendants().Attributes("fill").Select(static fill => fill.Value)
            .Where(static fill => fill.StartsWith("url(#", StringComparison.Ordinal)).Select(static fill => fill[5..^1]);
        Assert.NotEmpty(fills);
        Assert.Empty(fills.Except(ids));
    }

    [Fact]
    public void EveryNumberOfAChartIsInItsTable()
    {
        List<XElement> figures = [.. s_page.Descendants("figure")];
        Assert.Equal(2 + 2 + 2 + 2 + 3 + 3 + 1, figures.Count);
        Assert.All(figures, static figure =>
        {
            HashSet<string> cells = [.. figure.Descendants("td").Select(static cell => cell.Value)];
            List<string> shown = [.. figure.Descendants("text").Where(IsValue).Select(static text => text.Value)];
            Assert.NotEmpty(shown);
            Assert.Empty(shown.Except(cells));
        });
    }

    [Fact]
    public void BarsAreAsLongAsTheirFigures()
    {
        XElement chart = s_page.Descendants("figure").First().Element("svg")!;
        List<XElement> bars = [.. chart.Elements("rect").Where(static bar => Number(bar, "height") > 20)];
        double[] lengths = [.. bars.GroupBy(static bar => Number(bar, "y")).OrderBy(static row => row.Key)
            .Select(static row => row.Sum(static bar => Number(bar, "width")))];
        ComparisonResult headline = ReportSample.Full().Comparisons[0];
        double[] expected = [.. headline.Placements.Select(static column => column.InstructionsPerDatagram)];
        Assert.Equal(expected.Length, lengths.Length);
        Assert.All(lengths.Zip(expected), pair => Assert.Equal(pair.Second / expected[0], pair.First / lengths[0], 2));
    }

    [Fact]
    public void RatiosAreToMonolithic()
    {
        ComparisonResult headline = ReportSample.Full().Comparisons[0];
        double ratio = headline.Placements[6].InstructionsPerDatagram / headline.Placements[0].InstructionsPerDatagram;
        XElement row = s_page.Descendants("figure").First().Descendants("tr").Single(static row => row.Element("th")!.Value == "ratio");
        List<string> cells = [.. row.Elements("td").Select(static cell => cell.Value)];
        Assert.Equal("1.00", cells[0]);
        Assert.Equal(ratio.ToString("0.00", CultureInfo.InvariantCulture), cells[6]);
    }

    [Fact]
    public void LayersDoNotDependOnColour()
    {
        List<string> tiles = [.. s_page.Descendants("pattern")
            .Select(static tile => tile.Element("rect")!.Attribute("fill")!.Value + tile.Element("path")?.Attribute("d")?.Value)];
        Assert.Equal(9, tiles.Distinct().Count());
        List<(string?, string)> lines = [.. s_page.Descendants("polyline").Take(ReportSample.Names.Count)
            .Select(static line => (line.Attribute("stroke-dasharray")?.Value, line.Attribute("stroke")!.Value))];
        Assert.Equal(ReportSample.Names.Count, lines.Distinct().Count());
        Assert.All(Charts(), static chart => Assert.NotEqual("", chart.Element("title")!.Value));
    }

    [Fact]
    public void TextsStayInsideTheirCharts() => Assert.All(Charts(), static chart =>
    {
        double width = Number(chart, "width");
        double height = Number(chart, "height");
        Assert.All(chart.Elements("text"), text =>
        {
            Assert.InRange(Number(text, "x"), 0, width);
            Assert.InRange(Number(text, "y"), 0, height);
        });
        Assert.All(chart.Elements("rect"), bar => Assert.InRange(Number(bar, "x") + Number(bar, "width"), 0, width));
    });

    [Fact]
    public void ThePriceOfCheckingIsTheDifference()
    {
        XElement row = s_page.Descendants("tr").First(static row => row.Element("th")!.Value == Dials.Headline.ToString());
        // 700 + 147 + 137 with the checks, 903 without.
        Assert.Equal(["984", "903", "81", "1.09"], row.Elements("td").Select(static cell => cell.Value));
    }

    [Fact]
    public void EveryPlacementHasItsWallAndFaultsThatGotOutStandOut()
    {
        List<string> firstCells = [.. s_page.Descendants("table").Where(static table => table.Attribute("class")!.Value == "words")
            .SelectMany(static table => table.Descendants("tbody")).Descendants("tr").Select(static row => row.Element("th")!.Value)];
        Assert.Empty(ReportSample.Names.Except(firstCells));
        List<XElement> cells = [.. s_page.Descendants("td").Where(static cell => cell.Attribute("class") is not null)];
        Assert.Equal("silent corruption", Assert.Single(cells, static cell => cell.Attribute("class")!.Value == "escaped").Value);
        Assert.Equal(6, cells.Count(static cell => cell.Attribute("class")!.Value == "held"));
    }

    [Fact]
    public void WhatWasNotMeasuredIsToldInItsPlaceAndEscaped()
    {
        Assert.Contains(s_page.Descendants("p"), static note
            => note.Value == "Not measured (latency): ring1, completion=wait: it said <script> & \"stopped\"");
        Assert.DoesNotContain("<script>", s_text, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCommandTheVersionsAndTheSeedAreThere()
    {
        List<string> codes = [.. s_page.Descendants("pre").Select(static code => code.Value)];
        Assert.Contains("./ringos compare --all", codes);
        Assert.Contains(codes, static code => code.StartsWith("# counted\nqemu-system-x86_64 ", StringComparison.Ordinal)
            && code.Contains("-append \"placement=ring1 -- iperf\"", StringComparison.Ordinal));
        Assert.Contains(s_page.Descendants("tr"), static row => row.Value == "seed1");
        Assert.Contains(s_page.Descendants("tr"), static row => row.Value == "qemu-system-x86_647.2.22");
    }

    [Fact]
    public void APageOfGapsIsStillAPage()
    {
        XElement page = Parse(ReportPage.Format(ReportSample.Empty()));
        Assert.Empty(page.Descendants("figure"));
        Assert.Contains("Not measured (headline setting): all placements: no machine starts", page.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page.Value, StringComparison.Ordinal);
    }

    private static IEnumerable<XElement> Charts() => s_page.Descendants("svg").Where(static chart => chart.Attribute("role") is not null);

    private static bool IsValue(XElement text) => text.Attribute("class")!.Value == "value";

    private static double Number(XElement element, string name)
        => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static XElement Parse(string text)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
