// What each wall stops: the matrix of observed faults. Next: ProtectionSection.cs
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Faults;

namespace RingOS.Host.Report;

/// <summary>Writes the faults matrix.</summary>
internal static class FaultSection
{
    private static readonly string[] s_held = [Outcome.Refused, Outcome.Restarted, Outcome.NoNic];
    private static readonly string[] s_escaped = [Outcome.SilentCorruption, Outcome.Panic, Outcome.Hang, Outcome.Reset];

    public static IEnumerable<XElement> Write(LadderResult result)
    {
        yield return Html.Heading("What each wall stops", "faults");
        yield return Html.Paragraph("A driver that works, and then does one wrong thing: writes where it may not, executes a privileged "
            + "instruction, loops for ever, or ends. Each cell is what was observed. A cell in a double frame is a fault "
            + "that got out of the driver.");
        if (result.Faults.Count == 0)
            yield break;
        yield return Matrix(result);
        yield return Details(result.Faults).ToHtml();
    }

    private static XElement Matrix(LadderResult result)
    {
        List<string> placements = [.. result.Faults.Select(static cell => cell.Placement).Distinct()];
        return Html.Element("div", new XAttribute("class", "scroll"), Html.Element("table", new XAttribute("class", "words matrix"),
            Html.Element("thead", Html.Element("tr", Head("fault", "col"), placements.Select(static name => Head(name, "col")))),
            Html.Element("tbody", result.Faults.Select(static cell => cell.Fault).Distinct()
                .Select(fault => Html.Element("tr", Head(fault, "row"), placements.Select(name => Cell(result.Faults, name, fault)))))));
    }

    private static XElement Head(string text, string scope) => Html.Element("th", new XAttribute("scope", scope), text);

    private static XElement Cell(IReadOnlyList<FaultOutcome> faults, string placement, string fault)
    {
        string? outcome = faults.FirstOrDefault(cell => cell.Placement == placement && cell.Fault == fault)?.Outcome;
        return outcome is null
            ? Html.Element("td", Figures.NotMeasured)
            : Html.Element("td", new XAttribute("class", ClassOf(outcome)), outcome);
    }

    // What was never committed neither stayed in the driver nor got out of it.
    private static string ClassOf(string outcome)
        => s_held.Contains(outcome) ? "held" : s_escaped.Contains(outcome) ? "escaped" : "unknown";

    private static ReportTable Details(IReadOnlyList<FaultOutcome> faults) => new(
        ["placement", "fault", "outcome", "what was seen"],
        [.. faults.Select(static cell => (IReadOnlyList<string>)[cell.Placement, cell.Fault, cell.Outcome, cell.Detail])])
    {
        HoldsWords = true,
    };
}
