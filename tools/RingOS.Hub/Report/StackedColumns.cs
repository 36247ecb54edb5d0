// Columns side by side, each cut into parts: something that is shared, over time. Back to: ShareSection.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Report;

namespace RingOS.Hub.Report;

/// <summary>A part of every column.</summary>
/// <param name="Name">Has a fill in the palette.</param>
/// <param name="Heights">A column each.</param>
internal sealed record ColumnPart(string Name, IReadOnlyList<double> Heights);

/// <summary>Draws stacked columns with their legend; 1 is full height, unless they are higher.</summary>
internal static class StackedColumns
{
    private const double Width = 860;
    private const double Height = 300;
    private const double Left = 56;
    private const double Right = 10;
    private const double Top = 34;
    private const double Bottom = 44;
    private const double LegendStep = 90;
    private const int GridLines = 4;
    private const int Ticks = 10;

    /// <param name="title">What the chart shows.</param>
    /// <param name="across">What the columns are.</param>
    /// <param name="step">From one column to the next, in the unit of <paramref name="across"/>.</param>
    /// <param name="parts">First drawn at the bottom.</param>
    public static XElement Draw(string title, string across, double step, IReadOnlyList<ColumnPart> parts)
    {
        int columns = parts[0].Heights.Count;
        double most = Math.Max(1, Enumerable.Range(0, columns).Max(column => parts.Sum(part => part.Heights[column])));
        List<XElement> shapes = [.. Legend(parts), .. Axes(across, step, columns, most)];
        for (int column = 0; column < columns; column++)
            shapes.AddRange(Column(parts, column, X(column, columns), X(column + 1, columns), most));
        return Svg.Chart(Width, Height, title, shapes);
    }

    private static IEnumerable<XElement> Legend(IReadOnlyList<ColumnPart> parts)
    {
        const double Box = 12;
        for (int i = 0; i < parts.Count; i++)
        {
            yield return Svg.Rectangle(4 + (i * LegendStep), 4, Box, Box, Palette.FillOf(parts[i].Name));
            yield return Svg.Text(8 + Box + (i * LegendStep), 2 + Box, parts[i].Name, Svg.Axis);
        }
    }

    private static IEnumerable<XElement> Axes(string across, double step, int columns, double most)
    {
        for (int i = 0; i <= GridLines; i++)
        {
            double y = Y(most * i / GridLines, most);
            yield return Svg.Line(Left, y, Width - Right, y, "grid");
            yield return Svg.Text(Left - 6, y + 4, Figures.Ratio(most * i / GridLines), Svg.Axis, Anchor.End);
        }
        int every = Math.Max(1, columns / Ticks);
        for (int column = 0; column < columns; column += every)
            yield return Svg.Text(X(column, columns), Height - Bottom + 16, Figures.Small(column * step), Svg.Axis, Anchor.Middle);
        yield return Svg.Text((Left + Width - Right) / 2, Height - 8, across, Svg.Axis, Anchor.Middle);
    }

    private static IEnumerable<XElement> Column(IReadOnlyList<ColumnPart> parts, int column, double left, double right, double most)
    {
        double below = 0;
        foreach (ColumnPart part in parts.Where(part => part.Heights[column] > 0))
        {
            double top = below + part.Heights[column];
            yield return Svg.Rectangle(left, Y(top, most), right - left, Y(below, most) - Y(top, most), Palette.FillOf(part.Name));
            below = top;
        }
    }

    private static double X(int column, int columns) => Left + ((Width - Left - Right) * column / columns);

    private static double Y(double value, double most) => Height - Bottom - (value / most * (Height - Top - Bottom));
}
