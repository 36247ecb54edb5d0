// Colours that everybody can tell apart (Okabe and Ito, 2008), and patterns and markers that do without colour. Next: Charts/StackedBars.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Trace;

namespace RingOS.Host.Report;

/// <summary>A line of a line chart: told by colour, by dashes and by its marker.</summary>
/// <param name="Colour">Of line and marker.</param>
/// <param name="Dash">Lengths of dashes and gaps; empty for none.</param>
/// <param name="Corners">Of the marker: 3 and more.</param>
internal sealed record LineStyle(string Colour, string Dash, int Corners);

/// <summary>Fills of layers, styles of lines.</summary>
internal static class Palette
{
    public const string Ink = "#222222";
    public const string Plain = "#56B4E9";
    public const string Published = "#FFFFFF";

    private const string NoPattern = "";

    // Strokes in an 8 by 8 tile: two neighbouring layers differ in colour, lightness and pattern.
    private static readonly Dictionary<string, (string Colour, string Strokes)> s_fills = new()
    {
        [Layer.Application.Name()] = ("#FFFFFF", NoPattern),
        [Layer.UserStub.Name()] = ("#BBBBBB", "M0,4 H8"),
        [Layer.Syscall.Name()] = ("#E69F00", NoPattern),
        [Layer.Net.Name()] = ("#56B4E9", "M0,8 L8,0"),
        [Layer.Link.Name()] = ("#D55E00", "M0,0 L8,8"),
        [Layer.Switch.Name()] = ("#F0E442", "M4,0 V8"),
        [Layer.Driver.Name()] = ("#009E73", NoPattern),
        [Layer.Interrupt.Name()] = ("#CC79A7", "M0,4 H8 M4,0 V8"),
        [Layer.Other.Name()] = ("#888888", "M0,0 L8,8 M0,8 L8,0"),
    };

    private static readonly LineStyle[] s_lines =
    [
        new("#000000", "", 4), new("#E69F00", "6 3", 3), new("#0072B2", "2 2", 5), new("#009E73", "8 3 2 3", 6),
        new("#D55E00", "", 3), new("#CC79A7", "4 2", 8), new("#56B4E9", "1 2", 4),
        new("#666666", "10 3", 5),
    ];

    /// <summary>The fill of a layer; <see cref="PatternDefinitions"/> must be on the page.</summary>
    public static string FillOf(string layer) => $"url(#{IdOf(layer)})";

    public static LineStyle LineOf(int index) => s_lines[index % s_lines.Length];

    /// <summary>The tiles that <see cref="FillOf"/> refers to, in a drawing of no size.</summary>
    public static XElement PatternDefinitions() => PatternDefinitions(s_fills);

    /// <summary>The same for other things than layers.</summary>
    /// <param name="fills">By name: colour, and strokes in an 8 by 8 tile, "" for none.</param>
    public static XElement PatternDefinitions(IReadOnlyDictionary<string, (string Colour, string Strokes)> fills)
        => new("svg", new XAttribute("width", "0"), new XAttribute("height", "0"), new XAttribute("class", "definitions"),
            new XAttribute("aria-hidden", "true"),
            new XElement("defs", fills.Select(static fill => Tile(fill.Key, fill.Value.Colour, fill.Value.Strokes))));

    private static XElement Tile(string layer, string colour, string strokes)
        => new("pattern", new XAttribute("id", IdOf(layer)), new XAttribute("width", "8"), new XAttribute("height", "8"),
            new XAttribute("patternUnits", "userSpaceOnUse"),
            new XElement("rect", new XAttribute("width", "8"), new XAttribute("height", "8"), new XAttribute("fill", colour)),
            strokes.Length == 0 ? null : new XElement("path", new XAttribute("d", strokes), new XAttribute("stroke", Ink),
                new XAttribute("stroke-width", "0.7"), new XAttribute("fill", "none")));

    private static string IdOf(string layer) => "layer-" + layer.Replace(' ', '-');
}
