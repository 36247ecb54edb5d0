// A figure of the page: what it shows, how to read it, the chart, the same numbers as a table. Next: ReportPage.cs
using System.Collections.Generic;
using System.Xml.Linq;

namespace RingOS.Host.Report;

/// <summary>A chart with its table.</summary>
/// <param name="Caption">What it shows, and in what unit.</param>
/// <param name="Charts">Drawn below one another; none if the table says it all.</param>
/// <param name="Table">The same numbers.</param>
internal sealed record ReportFigure(string Caption, IReadOnlyList<XElement> Charts, ReportTable Table)
{
    public XElement ToHtml()
        => Html.Element("figure", Html.Element("figcaption", Caption), Charts, Table.ToHtml());
}
