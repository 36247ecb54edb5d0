// Lines over a few places: each with its own dashes, marker and name at its end. Next: LatencyStrips.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace RingOS.Host.Report.Charts;

/// <summary>A line; of one point only, a large mark.</summary>
/// <param name="Name">Stands at its end, a mark's in the margin.</param>
/// <param name="Points">Place and height, in order.</param>
/// <param name="Text">How a height is written.</param>
internal sealed record ChartLine(string Name, IReadOnlyList<Spot> Points, Func<double, string> Text)
{
    public bool IsMark => Points.Count == 1;
}

/// <summary>Draws lines from 0 upwards.</summary>
internal static class LineChart
{
    private const double Width = 860;
    private const double Height = 320;
    private const double Left = 56;
    private const double Right = 210;
    private const double Top = 12;
    private const double Bottom = 44;
    private const double LabelStep = 15;
    private const int GridLines = 4;
    private const double PointRadius = 4.5;
    private const double MarkRadius = 8;

    /// <param name="title">What the chart shows.</param>
    /// <param name="across">What the places are.</param>
    /// <param name="lines">Over the same places.</param>
    public static XElement Draw(string title, string across, IReadOnlyList<ChartLine> lines)
    {
        double right = lines.Max(static line => line.Points.Max(static point => point.X));
        double most = Math.Ceiling(lines.Max(static line => line.Points.Max(static point => point.Y)) * 10) / 10;
        Scale scale = new(right, most);
        List<XElement> shapes = [.. Axes(lines[0], across, scale)];
        for (int i = 0; i < lines.Count; i++)
            shapes.AddRange(Line(lines[i], Palette.LineOf(i), scale));
        shapes.AddRange(Names(lines, scale));
        return Svg.Chart(Width, Height, title, shapes);
    }

    private static IEnumerable<XElement> Axes(ChartLine sample, string across, Scale scale)
    {
        for (int i = 0; i <= GridLines; i++)
        {
            double value = scale.Most * i / GridLines;
            yield return Svg.Line(Left, scale.Y(value), Width - Right, scale.Y(value), "grid");
            yield return Svg.Text(Left - 6, scale.Y(value) + 4, Figures.Ratio(value), Svg.Axis, Anchor.End);
        }
        foreach (Spot point in sample.Points)
            yield return Svg.Text(scale.X(point.X), Height - Bottom + 16, Figures.Whole(point.X), Svg.Axis, Anchor.Middle);
        yield return Svg.Text((Left + Width - Right) / 2, Height - 8, across, Svg.Axis, Anchor.Middle);
    }

    private static IEnumerable<XElement> Line(ChartLine line, LineStyle style, Scale scale)
    {
        List<Spot> spots = [.. line.Points.Select(scale.At)];
        yield return Svg.Polyline(spots, style.Colour, style.Dash);
        foreach (Spot spot in spots)
            yield return Svg.Polygon(Marker(spot, style.Corners, line.IsMark ? MarkRadius : PointRadius), style.Colour);
    }

    private static IEnumerable<Spot> Marker(Spot centre, int corners, double radius = PointRadius)
    {
        for (int i = 0; i < corners; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / corners);
            yield return new Spot(centre.X + (radius * sine), centre.Y - (radius * cosine));
        }
    }

    // Names that would overlap are pushed down; a thin line leads each back to its line's end.
    private static IEnumerable<XElement> Names(IReadOnlyList<ChartLine> lines, Scale scale)
    {
        double free = Top;
        var fromTheTop = lines.Select(static (line, index) => (line, index)).OrderBy(pair => scale.At(pair.line.Points[^1]).Y);
        foreach ((ChartLine line, int index) in fromTheTop)
        {
            Spot end = scale.At(line.Points[^1]);
            double y = Math.Max(end.Y, free);
            free = y + LabelStep;
            double x = line.IsMark ? Width - Right : end.X;
            if (!line.IsMark)
                yield return Svg.Line(x + 6, end.Y, x + 26, y, "leader");
            yield return Svg.Polygon(Marker(new Spot(x + 34, y), Palette.LineOf(index).Corners), Palette.LineOf(index).Colour);
            yield return Svg.Text(x + 44, y + 4, line.Name, Svg.Label);
            yield return Svg.Text(Width - 4, y + 4, line.Text(line.Points[^1].Y), Svg.Value, Anchor.End);
        }
    }

    private sealed record Scale(double Right, double Most)
    {
        public double X(double value) => Left + (value / Right * (Width - Left - LineChart.Right));

        public double Y(double value) => Height - Bottom - (value / Most * (Height - Top - Bottom));

        public Spot At(Spot point) => new(X(point.X), Y(point.Y));
    }
}
