// The kernel's elementary operations beside what others publish. Next: FaultSection.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Report.Charts;

namespace RingOS.Host.Report;

/// <summary>Writes the primitives and their peers.</summary>
internal static class PrimitiveSection
{
    private const double NameWidth = 330;

    public static IEnumerable<XElement> Write(LadderResult result)
    {
        yield return Html.Heading("Elementary operations beside those of others", "primitives");
        yield return Html.Paragraph("Filled bars were counted in this run; bars without a fill are published figures in instructions, on "
            + "the machines named below. In plain TCG only the ratio to a null system call means something.");
        if (result.Primitives is { } costs)
        {
            yield return Figure(costs, result.TimedPrimitives).ToHtml();
            yield return Html.Paragraph(WaysOut(costs, result.TimedPrimitives) + "What stands behind the others:");
            yield return Meanings(costs, result.TimedPrimitives).ToHtml();
        }
        yield return Html.Paragraph("Published figures, none of them measured here. Cycles are not instructions.");
        yield return Peers().ToHtml();
    }

    private static ReportFigure Figure(PrimitiveCosts costs, PrimitiveCosts? timed)
    {
        const string Caption = "Instructions of elementary operations";
        IEnumerable<PlainBar> ours = PrimitiveKind.All.Where(kind => !kind.IsLarge && kind.Cost(costs) is not null)
            .Select(kind => new PlainBar(kind.Title, (double)kind.Cost(costs)!, Figures.Whole(kind.Cost(costs))));
        IEnumerable<PlainBar> peers = Countable().Select(static peer
            => new PlainBar($"{peer.Who}: {peer.Operation}", MiddleOf(peer.Value), peer.Value) { IsPublished = true });
        return new ReportFigure(Caption, [PlainBars.Draw(Caption, [.. ours, .. peers], NameWidth)], Table(costs, timed));
    }

    private static IEnumerable<PublishedFigure> Countable()
        => PublishedFigure.All.Where(static peer => peer.Unit == PublishedFigure.Instructions);

    // "147-148" is drawn as long as its middle.
    private static double MiddleOf(string range) => range.Split('-').Average(static end => double.Parse(end, CultureInfo.InvariantCulture));

    private static ReportTable Table(PrimitiveCosts costs, PrimitiveCosts? timed)
    {
        IEnumerable<IReadOnlyList<string>> ours = PrimitiveKind.All.Select(kind => Row(kind, costs, timed));
        IEnumerable<IReadOnlyList<string>> peers = Countable().Select(static peer
            => (IReadOnlyList<string>)[$"{peer.Who}: {peer.Operation} (published)", peer.Value, "", "", ""]);
        return new ReportTable(
            ["operation", "instructions", "ratio to the null system call", "ticks, plain TCG", "ratio to the null system call"],
            [.. ours, .. peers]);
    }

    private static IReadOnlyList<string> Row(PrimitiveKind kind, PrimitiveCosts costs, PrimitiveCosts? timed) =>
    [
        kind.Title,
        Figures.Whole(kind.Cost(costs)), RatioOf(kind, costs),
        Figures.Whole(timed is null ? null : kind.Cost(timed)), timed is null ? Figures.NotMeasured : RatioOf(kind, timed),
    ];

    private static string RatioOf(PrimitiveKind kind, PrimitiveCosts costs)
        => kind.Cost(costs) is long cost && costs.NullSyscall > 0 ? Figures.Ratio((double)cost / costs.NullSyscall) : Figures.NotMeasured;

    private static ReportTable Meanings(PrimitiveCosts costs, PrimitiveCosts? timed) => new(
        ["operation", "instructions", "ticks, plain TCG", "what it is"],
        [.. PrimitiveKind.All.Where(static kind => kind.Meaning.Length > 0).Select(kind => (IReadOnlyList<string>)
            [kind.Title, Reckoned(kind, costs), timed is null ? Figures.NotMeasured : Reckoned(kind, timed), kind.Meaning])])
    {
        HoldsWords = true,
    };

    // "(400 - 380) / 2 = 10"; a sum whose difference drowned in the clock's noise has no result.
    private static string Reckoned(PrimitiveKind kind, PrimitiveCosts costs)
    {
        string sum = kind.Sum?.Invoke(costs) ?? "";
        return sum.Length == 0 ? Figures.Whole(kind.Cost(costs)) : $"{sum} = {Figures.Whole(kind.Cost(costs))}";
    }

    // Nothing is said of a way that was not measured beside the others.
    private static string WaysOut(PrimitiveCosts costs, PrimitiveCosts? timed)
    {
        if (Quickest(costs) is not { } counted)
            return "";
        string byClock = timed is not null && Quickest(timed) is { } quickest
            ? $", and {quickest.Way} is the quickest by the clock of plain TCG ({Figures.Whole(quickest.Cost)} ticks)"
            : "";
        return $"Of the three ways out of ring 1, {counted.Way} takes the fewest instructions ({Figures.Whole(counted.Cost)}){byClock}: "
            + "an instruction count does not weigh a gate. Services leave by syscall. ";
    }

    private static (string Way, long Cost)? Quickest(PrimitiveCosts costs)
        => costs is { Ring1Syscall: long syscall, Ring1Interrupt: long interrupt, Ring1CallGate: long callGate }
            ? new[] { ("syscall", syscall), ("int 0x80", interrupt), ("a call gate", callGate) }.MinBy(static way => way.Item2)
            : null;

    private static ReportTable Peers() => new(
        ["system", "operation", "figure", "unit", "on", "source"],
        [.. PublishedFigure.All.Select(static peer => (IReadOnlyList<string>)
            [peer.Who, peer.Operation, peer.Value, peer.Unit, peer.Conditions, peer.Source])])
    {
        HoldsWords = true,
    };
}
