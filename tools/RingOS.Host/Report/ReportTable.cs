// A table of the page: beside every chart stands one with the same numbers. Next: ReportFigure.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace RingOS.Host.Report;

/// <summary>A table. The first cell of a row names it; the others hold figures unless the table says words.</summary>
/// <param name="Header">The column names, the first one the corner's.</param>
/// <param name="Rows">As many cells as the header.</param>
internal sealed record ReportTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Cells hold sentences, not figures.</summary>
    public bool HoldsWords { get; init; }

    public XElement ToHtml()
        => Html.Element("div", new XAttribute("class", "scroll"), Html.Element("table",
            new XAttribute("class", HoldsWords ? "words" : "figures"),
            Html.Element("thead", Html.Element("tr", Header.Select(static name => Html.Element("th", Scope("col"), name)))),
            Html.Element("tbody", Rows.Select(Row))));

    private static XElement Row(IReadOnlyList<string> cells)
        => Html.Element("tr",
            Html.Element("th", Scope("row"), cells[0]),
            cells.Skip(1).Select(static cell => Html.Element("td", cell)));

    private static XAttribute Scope(string of) => new("scope", of);
}
