// The shapes of the charts, drawn by hand: a chart is a few hundred bytes and prints sharp. Next: Palette.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace RingOS.Host.Report;

/// <summary>A place in a chart, in its own units.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>Where a text stands relative to its spot.</summary>
internal static class Anchor
{
    public const string Start = "start";
    public const string Middle = "middle";
    public const string End = "end";
}

/// <summary>Makes SVG elements. Texts of class "value" are figures, and every one of them is in the chart's table too.</summary>
internal static class Svg
{
    public const string Value = "value";
    public const string Axis = "axis";
    public const string Label = "label";

    /// <param name="width">Units from left to right.</param>
    /// <param name="height">Units from top to bottom.</param>
    /// <param name="title">What the chart shows, for those who cannot see it.</param>
    /// <param name="content">Shapes, first drawn first.</param>
    public static XElement Chart(double width, double height, string title, IEnumerable<XElement> content)
        => new("svg", new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"), new XAttribute("role", "img"),
            new XAttribute("width", Number(width)), new XAttribute("height", Number(height)),
            new XAttribute("aria-label", title), new XElement("title", title), content);

    public static XElement Rectangle(double x, double y, double width, double height, string fill)
        => new("rect", At("x", x), At("y", y), At("width", width), At("height", height), new XAttribute("fill", fill),
            new XAttribute("stroke", Palette.Ink), new XAttribute("stroke-width", "0.6"));

    public static XElement Text(double x, double y, string text, string kind, string anchor = Anchor.Start)
        => new("text", At("x", x), At("y", y), new XAttribute("class", kind), new XAttribute("text-anchor", anchor), text);

    public static XElement Line(double x1, double y1, double x2, double y2, string kind)
        => new("line", At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2), new XAttribute("class", kind));

    /// <param name="spots">Its corners.</param>
    /// <param name="colour">Of the line.</param>
    /// <param name="dash">Lengths of dashes and gaps; empty for a line without.</param>
    public static XElement Polyline(IEnumerable<Spot> spots, string colour, string dash)
        => new("polyline", new XAttribute("points", string.Join(' ', spots.Select(static spot => $"{Number(spot.X)},{Number(spot.Y)}"))),
            new XAttribute("fill", "none"), new XAttribute("stroke", colour), new XAttribute("stroke-width", "1.8"),
            new XAttribute("stroke-dasharray", dash.Length == 0 ? "none" : dash));

    /// <summary>A filled shape with straight sides.</summary>
    public static XElement Polygon(IEnumerable<Spot> spots, string fill)
        => new("polygon", new XAttribute("points", string.Join(' ', spots.Select(static spot => $"{Number(spot.X)},{Number(spot.Y)}"))),
            new XAttribute("fill", fill), new XAttribute("stroke", Palette.Ink), new XAttribute("stroke-width", "0.6"));

    /// <summary>At most two decimals: the eye sees no more.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XAttribute At(string name, double value) => new(name, Number(value));
}
