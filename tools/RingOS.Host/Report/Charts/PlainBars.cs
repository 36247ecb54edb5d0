// A bar a row, its figure behind it; a whisker where a figure has a spread. Next: BarPanels.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace RingOS.Host.Report.Charts;

/// <summary>A bar.</summary>
/// <param name="Name">Stands before it.</param>
/// <param name="Value">Its length.</param>
/// <param name="Text">Stands after it.</param>
internal sealed record PlainBar(string Name, double Value, string Text)
{
    /// <summary>Not measured here: drawn without a fill.</summary>
    public bool IsPublished { get; init; }

    /// <summary>The whisker's ends; null for none.</summary>
    public (double Least, double Most)? Spread { get; init; }
}

/// <summary>Draws bars.</summary>
internal static class PlainBars
{
    private const double Width = 860;
    private const double Right = 120;
    private const double RowHeight = 26;
    private const double BarHeight = 17;

    /// <param name="title">What the chart shows.</param>
    /// <param name="bars">First drawn on top.</param>
    /// <param name="left">Units for the names.</param>
    public static XElement Draw(string title, IReadOnlyList<PlainBar> bars, double left)
    {
        double longest = bars.Max(static bar => bar.Spread?.Most ?? bar.Value);
        double unit = longest > 0 ? (Width - left - Right) / longest : 0;
        return Svg.Chart(Width, (bars.Count * RowHeight) + 4, title,
            bars.SelectMany((bar, row) => Bar(bar, left, 4 + (row * RowHeight), unit)));
    }

    private static IEnumerable<XElement> Bar(PlainBar bar, double left, double y, double unit)
    {
        double baseline = y + (BarHeight * 0.75);
        double end = left + (bar.Value * unit);
        yield return Svg.Text(left - 8, baseline, bar.Name, Svg.Label, Anchor.End);
        yield return Svg.Rectangle(left, y, bar.Value * unit, BarHeight, bar.IsPublished ? Palette.Published : Palette.Plain);
        if (bar.Spread is { } spread)
        {
            double middle = y + (BarHeight / 2);
            yield return Svg.Line(left + (spread.Least * unit), middle, left + (spread.Most * unit), middle, "whisker");
            end = left + (spread.Most * unit);
        }
        yield return Svg.Text(end + 6, baseline, bar.Text, Svg.Value);
    }
}
