// How the page looks, on a screen and on paper. No '<', '>' or '&' here: HTML does not unescape within style. Back to: ReportPage.cs
namespace RingOS.Host.Report;

/// <summary>The page's style sheet.</summary>
internal static class ReportStyle
{
    public const string Sheet = """
        body { font: 16px/1.5 "DejaVu Sans", Verdana, sans-serif; color: #222222; background: #ffffff; }
        body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.7rem; line-height: 1.25; }
        h2 { font-size: 1.3rem; margin-top: 2.5rem; border-bottom: 1px solid #888888; }
        nav a { margin-right: 1rem; color: #004a7c; }
        figure { margin: 1.5rem 0; }
        figcaption { font-weight: bold; margin-bottom: 0.5rem; }
        svg { max-width: 100%; height: auto; display: block; margin-bottom: 0.5rem; }
        svg.definitions { position: absolute; }
        svg text { font-family: "DejaVu Sans", Verdana, sans-serif; fill: #222222; }
        svg text.axis { font-size: 11px; }
        svg text.label { font-size: 13px; }
        svg text.value { font-size: 12px; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; stroke-linejoin: round; }
        line.grid { stroke: #cccccc; stroke-width: 1; }
        line.leader { stroke: #888888; stroke-width: 0.7; }
        line.whisker { stroke: #222222; stroke-width: 1.5; }
        line.median { stroke: #222222; stroke-width: 3; }
        div.scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: 0.85rem; margin: 0.5rem 0 1rem; }
        th, td { border: 1px solid #bbbbbb; padding: 0.2rem 0.5rem; vertical-align: top; }
        th { text-align: left; background: #f2f2f2; font-weight: bold; }
        table.figures td { text-align: right; font-variant-numeric: tabular-nums; }
        td.escaped { border: 4px double #222222; font-weight: bold; background: #fbe3d6; }
        td.unknown { font-style: italic; }
        p.note { font-size: 0.85rem; border-left: 4px solid #888888; padding-left: 0.7rem; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f2f2f2; padding: 0.7rem; font-size: 0.8rem; }
        @media print {
          body { max-width: none; margin: 0; font-size: 10pt; }
          nav { display: none; }
          h2 { break-after: avoid; }
          svg, tr { break-inside: avoid; }
          figcaption { break-after: avoid; }
          div.scroll { overflow: visible; }
          table { font-size: 8pt; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """;
}
