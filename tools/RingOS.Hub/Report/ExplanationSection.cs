// A failed write() from the program to the wire and back. Next: LostFrameSection.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Report;
using RingOS.Hub.Explain;
using RingOS.Trace;

namespace RingOS.Hub.Report;

/// <summary>Writes an explanation: the placements side by side.</summary>
internal static class ExplanationSection
{
    public static IEnumerable<XElement> Write(Explanation explanation)
    {
        FailedWrite write = explanation.Case.Failure;
        yield return Html.Heading("How the wire reached the program", "explanation");
        yield return Html.Paragraph(string.Create(
            CultureInfo.InvariantCulture,
            $"Write {write.Number} of host {explanation.Case.Station + 1} returned -1 {write.ErrnoName}, {(write.EndedNanoseconds - write.BeganNanoseconds) / 1000.0:#,0.0} us "
            + $"after it was called. The experiment was repeated to the bit with every instruction of that guest written down, once in each placement."));
        yield return Ways("Down: from the program to the doorbell; each stretch in a ring and a domain, with its instructions", explanation, static way => way.Down).ToHtml();
        if (explanation.Wire.Count > 0)
            yield return Html.Paragraph("Then the wire, the same for both: the sixteen attempts are below.");
        string up = explanation.Case.IsOfAnEarlierWrite
            ? "Told: the write() that returns the error the socket has kept"
            : "Up: from the interrupt to the program";
        if (explanation.Case.Frame is not null)
            yield return Ways(up, explanation, static way => way.Up).ToHtml();
    }

    private static ReportFigure Ways(string caption, Explanation explanation, System.Func<WriteWay, IReadOnlyList<WayStretch>> choose)
    {
        int rows = explanation.Ways.Max(way => choose(way).Count);
        List<IReadOnlyList<string>> lines =
        [
            .. Enumerable.Range(0, rows).Select(row => (IReadOnlyList<string>)
            [
                (row + 1).ToString(CultureInfo.InvariantCulture),
                .. explanation.Ways.Select(way => row < choose(way).Count ? Line(choose(way)[row]) : ""),
            ]),
        ];
        return new ReportFigure(caption, [], new ReportTable(["step", .. explanation.Ways.Select(static way => way.Placement)], lines) { HoldsWords = true });
    }

    private static string Line(WayStretch stretch)
        => string.Create(CultureInfo.InvariantCulture, $"ring {stretch.Lane.Cpl}, {stretch.Lane.Domain}: ")
            + string.Join(", ", stretch.Phases.Select(static phase => $"{phase.Phase.Name()} {Figures.Whole(phase.Instructions)}"));
}
