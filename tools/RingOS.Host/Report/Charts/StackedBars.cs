// A bar a placement, cut into layers. Next: PlainBars.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace RingOS.Host.Report.Charts;

/// <summary>A bar.</summary>
/// <param name="Name">Stands before it.</param>
/// <param name="Parts">From left to right: layer and length.</param>
/// <param name="Total">Stands after it.</param>
/// <param name="Ratio">Stands at the right edge.</param>
internal sealed record StackedBar(string Name, IReadOnlyList<KeyValuePair<string, double>> Parts, string Total, string Ratio);

/// <summary>Draws stacked bars with their legend.</summary>
internal static class StackedBars
{
    private const double Width = 860;
    private const double Left = 110;
    private const double Right = 110;
    private const double Top = 34;
    private const double RowHeight = 34;
    private const double BarHeight = 24;
    private const double LeastLabelled = 34; // units: room for four digits
    private const double LegendStep = 90;

    /// <param name="title">What the chart shows.</param>
    /// <param name="bars">First drawn on top; some must have a length.</param>
    /// <param name="ratio">What stands at the right edge.</param>
    /// <param name="legendStep">Units from one name to the next.</param>
    public static XElement Draw(string title, IReadOnlyList<StackedBar> bars, string ratio = "ratio", double legendStep = LegendStep)
    {
        double longest = bars.Max(static bar => bar.Parts.Sum(static part => part.Value));
        double unit = (Width - Left - Right) / longest;
        List<XElement> shapes = [.. Legend(bars[0].Parts.Select(static part => part.Key), legendStep)];
        shapes.Add(Svg.Text(Width - 4, Top - 8, ratio, Svg.Axis, Anchor.End));
        for (int row = 0; row < bars.Count; row++)
            shapes.AddRange(Bar(bars[row], Top + (row * RowHeight), unit));
        return Svg.Chart(Width, Top + (bars.Count * RowHeight), title, shapes);
    }

    private static IEnumerable<XElement> Legend(IEnumerable<string> layers, double step)
    {
        const double Box = 12;
        double x = 4;
        foreach (string layer in layers)
        {
            yield return Svg.Rectangle(x, 4, Box, Box, Palette.FillOf(layer));
            yield return Svg.Text(x + Box + 4, 4 + Box - 2, layer, Svg.Axis);
            x += step;
        }
    }

    private static IEnumerable<XElement> Bar(StackedBar bar, double y, double unit)
    {
        double baseline = y + (BarHeight * 0.68);
        yield return Svg.Text(Left - 8, baseline, bar.Name, Svg.Label, Anchor.End);
        double x = Left;
        foreach ((string layer, double value) in bar.Parts)
        {
            double width = value * unit;
            if (width > 0)
                yield return Svg.Rectangle(x, y, width, BarHeight, Palette.FillOf(layer));
            if (width >= LeastLabelled)
                yield return Svg.Text(x + (width / 2), baseline, Figures.Whole(value), Svg.Value, Anchor.Middle);
            x += width;
        }
        yield return Svg.Text(x + 6, baseline, bar.Total, Svg.Value);
        yield return Svg.Text(Width - 4, baseline, bar.Ratio, Svg.Value, Anchor.End);
    }
}
