// The page of `hub --html`: whole, self-contained, every number of a chart in its table. Code: tools/RingOS.Hub/Report
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using RingOS.Hub;
using RingOS.Hub.Report;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

public sealed class ReportTests
{
    private static readonly HubResult s_result = HubSample.Full();
    private static readonly string s_text = HubReport.Format(s_result, versions: new Dictionary<string, string> { ["dotnet"] = "10 <beta>" });
    private static readonly XElement s_page = Parse(s_text);

    [Fact]
    public void EverySectionIsThereAndLinked()
    {
        string[] sections = ["hosts", "losses", "lost", "knowledge", "share", "delay", "load", "collisions", "limits", "repeat"];
        Assert.Equal(sections, s_page.Descendants("h2").Select(static heading => heading.Attribute("id")!.Value));
        Assert.Equal(sections, s_page.Descendants("a").Select(static link => link.Attribute("href")!.Value[1..]));
        Assert.Equal(8, s_page.Descendants("figure").Count(static figure => figure.Element("svg") is not null));
        Assert.All(s_page.Descendants("figcaption"), static caption => Assert.True(caption.Value.Length > 60, caption.Value));
    }

    [Fact]
    public void ItIsHtmlThatIsAlsoWellFormedXml()
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", s_text, StringComparison.Ordinal);
        Assert.Equal(["head", "body"], s_page.Elements().Select(static element => element.Name.LocalName));
        string[] mayBeShort = ["meta", "rect", "line", "polyline", "polygon", "path"];
        Assert.Empty(s_page.Descendants().Where(static element => element.IsEmpty).Select(static element => element.Name.LocalName).Except(mayBeShort));
    }

    [Fact]
    public void ItNeedsNoNetwork()
    {
        Assert.DoesNotContain(s_page.DescendantsAndSelf().Attributes(), static attribute => attribute.Name.LocalName is "src" or "xmlns");
        foreach (string outside in new[] { "http:", "https:", "//", "@import", "<script", "<link" })
            Assert.DoesNotContain(outside, s_text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void EveryFillIsDefinedOnceAndNoTwoOfAKindAreAlike()
    {
        List<string> ids = [.. s_page.Descendants().Attributes("id").Select(static id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        IEnumerable<string> fills = s_page.Descendants().Attributes("fill").Select(static fill => fill.Value)
            .Where(static fill => fill.StartsWith("url(#", StringComparison.Ordinal)).Select(static fill => fill[5..^1]);
        Assert.NotEmpty(fills);
        Assert.All(fills, static fill => Assert.Matches("^[-A-Za-z0-9]+$", fill)); // a browser paints black what it cannot find
        Assert.Empty(fills.Except(ids));
        List<string> tiles = [.. s_page.Descendants("pattern").Where(static tile => tile.Attribute("id")!.Value.StartsWith("layer-host", StringComparison.Ordinal))
            .Select(static tile => tile.Element("rect")!.Attribute("fill")!.Value + tile.Element("path")?.Attribute("d")?.Value)];
        Assert.Equal(8, tiles.Distinct().Count());
    }

    [Fact]
    public void EveryNumberOfAChartIsInItsTable() => Assert.All(s_page.Descendants("figure"), static figure =>
    {
        IEnumerable<string> shown = figure.Descendants("text").Where(static text => text.Attribute("class")!.Value == "value").Select(static text => text.Value);
        Assert.Empty(shown.Except(figure.Descendants("td").Select(static cell => cell.Value)));
    });

    [Fact]
    public void ThereIsNoNumberThatIsNone()
    {
        foreach (HubResult result in new[] { s_result, HubSample.Dead() })
        {
            string text = HubReport.Format(result);
            Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\u221E", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EqualExperimentsGiveEqualPages() => Assert.Equal(HubReport.Format(s_result), HubReport.Format(HubSample.Full()));

    [Fact]
    public void DatagramsAreCountedByWhatBecameOfThem()
    {
        IReadOnlyList<string> cells = Row("losses", 0, "host 2");
        Assert.Equal(Whole(s_result.Figures[1].Delivered), cells[0]);
        Assert.Equal(Whole(s_result.Figures[1].Excessive), cells[1]);
        Assert.Equal(Whole(s_result.Figures[1].Offered!.Value - s_result.Figures[1].Written!.Value), cells[5]);
        Assert.Equal(["7", "0", Whole(s_result.Figures[1].Excessive), Whole(s_result.Figures[1].Excessive)], Row("losses", 1, "host 2"));
    }

    [Fact]
    public void TheLostFrameIsToldAttemptByAttemptWithItsErrorAndItsRivals()
    {
        FrameRecord lost = s_result.Frames.Where(static frame => frame.IsLost).MinBy(static frame => frame.Report!.Value.EndedAt)!;
        XElement section = Section("lost");
        Assert.Contains($"./ringos explain --host {lost.Station + 1} --write {lost.Datagram}", section.Descendants("pre").Single().Value, StringComparison.Ordinal);
        List<XElement> rows = [.. section.Descendants("tbody").Elements("tr")];
        Assert.Equal(16, rows.Count);
        Assert.All(rows, static row => Assert.StartsWith("host ", row.Elements("td").ElementAt(3).Value, StringComparison.Ordinal));
        Assert.Equal($"{lost.Attempts[2].BackoffSlots} of 8", rows[2].Elements("td").ElementAt(4).Value);
        Assert.Equal("gave up", rows[15].Elements("td").ElementAt(4).Value);
        Assert.Equal(16, section.Descendants("polygon").Count());
    }

    [Fact]
    public void TheDriverStandsBesideTheWire()
    {
        List<string[]> rows = [.. Section("knowledge").Descendants("tr").Where(static row => row.Element("th")!.Value == "host 1")
            .Select(static row => row.Elements("td").Select(static cell => cell.Value).ToArray())];
        Assert.Equal("2 fewer", Verdict("frames sent"));
        Assert.Equal("equal", Verdict("collisions (0x808)"));
        Assert.Equal("1 MORE", Verdict("given up after 16 (0x82C)"));
        Assert.Equal("-", Verdict("deferred (0x824)"));

        string Verdict(string counter) => rows.Single(row => row[0] == counter)[3];
    }

    [Fact]
    public void SharesAddUpToTheWire()
    {
        double sum = Enumerable.Range(1, 4).Sum(host => double.Parse(Row("share", 0, $"host {host}")[1], CultureInfo.InvariantCulture));
        Assert.Equal(s_result.Utilisation, sum, 0.021); // four numbers of two digits
    }

    [Theory]
    [InlineData(new double[] { 3, 3, 3 }, 1)]
    [InlineData(new double[] { 5, 0, 0, 0 }, 0.25)]
    [InlineData(new double[] { 1, 2 }, 0.9)]
    [InlineData(new double[] { 0, 0 }, 0)]
    [InlineData(new double[] { }, 0)]
    public void FairnessIsJains(double[] amounts, double index) => Assert.Equal(index, Fairness.Jain(amounts), 9);

    [Fact]
    public void ThePageOfAnExperimentWithoutFramesSaysSoAndEscapesWhatGuestsSaid()
    {
        string text = HubReport.Format(HubSample.Dead());
        XElement page = Parse(text);
        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.Contains("<script>alert(\"1\")</script> & ??]]>", page.Value, StringComparison.Ordinal);
        Assert.Contains("<b>all & sundry</b> wait", page.Value, StringComparison.Ordinal);
        Assert.Contains("No datagram was lost on the wire.", page.Value, StringComparison.Ordinal);
        Assert.Contains("No frame was sent.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherExperimentsHaveAPageToo()
    {
        HubOptions few = HubSample.Options with { Milliseconds = 10 };
        HubOptions[] all =
        [
            few with { Hosts = 32, BitsPerSecond = 0 }, few with { IsFullDuplex = true }, few with { CableMetres = 100_000, Completion = "next" },
            few with { Hosts = 2, BitsPerSecond = 1_000_000_000, Megabits = 10 },
        ];
        Assert.All(all, static options =>
        {
            string text = HubReport.Format(HubSample.Full(options));
            Assert.Equal(10, Parse(text).Descendants("h2").Count());
            Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void TheCommandTheSeedTheTraceAndTheVersionsAreThere()
    {
        Assert.Contains(s_result.Options.Command, Section("repeat").Descendants("pre").Select(static code => code.Value));
        Assert.Contains(s_result.TraceHash, Section("repeat").Descendants("pre").Select(static code => code.Value));
        Assert.Contains(Section("repeat").Descendants("tr"), static row => row.Value == "dotnet10 <beta>");
    }

    // What stands between a heading and the next, in an element of its own.
    private static XElement Section(string id)
    {
        XElement heading = s_page.Descendants("h2").Single(found => found.Attribute("id")!.Value == id);
        return new XElement("section", heading.ElementsAfterSelf().TakeWhile(static element => element.Name != "h2"));
    }

    private static IReadOnlyList<string> Row(string section, int figure, string name)
        => [.. Section(section).Elements("figure").ElementAt(figure).Descendants("tr").Single(row => row.Element("th")!.Value == name)
            .Elements("td").Select(static cell => cell.Value)];

    private static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static XElement Parse(string text)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XElement.Load(reader);
    }
}
