// Small charts side by side, each with a scale of its own: one kind of event in all placements. Next: LineChart.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace RingOS.Host.Report.Charts;

/// <summary>A small chart.</summary>
/// <param name="Title">Stands above it.</param>
/// <param name="Bars">First drawn on top.</param>
internal sealed record BarPanel(string Title, IReadOnlyList<PlainBar> Bars);

/// <summary>Draws panels, three a row.</summary>
internal static class BarPanels
{
    private const int Columns = 3;
    private const double Width = 860;
    private const double PanelWidth = Width / Columns;
    private const double Left = 92;
    private const double Right = 58;
    private const double RowHeight = 17;
    private const double BarHeight = 11;
    private const double TitleHeight = 24;

    public static XElement Draw(string title, IReadOnlyList<BarPanel> panels)
    {
        double panelHeight = TitleHeight + (panels.Max(static panel => panel.Bars.Count) * RowHeight) + 8;
        int rows = (panels.Count + Columns - 1) / Columns;
        return Svg.Chart(Width, rows * panelHeight, title,
            panels.SelectMany((panel, i) => Panel(panel, i % Columns * PanelWidth, i / Columns * panelHeight)));
    }

    private static IEnumerable<XElement> Panel(BarPanel panel, double x, double y)
    {
        double longest = panel.Bars.Max(static bar => bar.Value);
        double unit = longest > 0 ? (PanelWidth - Left - Right) / longest : 0;
        yield return Svg.Text(x + Left, y + 16, panel.Title, Svg.Label);
        for (int row = 0; row < panel.Bars.Count; row++)
        {
            PlainBar bar = panel.Bars[row];
            double top = y + TitleHeight + (row * RowHeight);
            yield return Svg.Text(x + Left - 6, top + BarHeight - 1.5, bar.Name, Svg.Axis, Anchor.End);
            if (bar.Value > 0)
                yield return Svg.Rectangle(x + Left, top, bar.Value * unit, BarHeight, Palette.Plain);
            yield return Svg.Text(x + Left + (bar.Value * unit) + 4, top + BarHeight - 1.5, bar.Text, Svg.Value);
        }
    }
}
