// The timeline of one write(): a row for each step, a column for each ring and domain. Back to: TraceCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows one write().</summary>
internal static class TimelineTable
{
    private const int ShownMethods = 40;
    private const int BarWidth = 10;
    private const int Margin = 3; // a blank on either side of a cell, and the border's
    private const int NumberColumns = 2;
    private const int LeastWhat = 20;

    // Their first source line is the step itself, wherever it goes from there.
    private static readonly Phase[] s_shownBySource = [Phase.Descriptor, Phase.Doorbell, Phase.Report];

    public static void Write(IAnsiConsole screen, TracedWrite write)
    {
        screen.WriteLine($"{write.Options.Placement.Name} {write.Options.Dials}: write {write.Number} of {write.Writes}, "
            + $"{TracedWriteOptions.Bytes} bytes; {write.Options.Nic} in QEMU {Qemu.Chosen.Version}");
        WholeTable.Write(screen, Build(write.Timeline, screen.Profile.Width));
        WriteTotals(screen, write.Timeline);
    }

    /// <summary>Shows the methods, most instructions first.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="timeline">The write().</param>
    /// <param name="everything">Not only the first forty.</param>
    public static void WriteProfile(IAnsiConsole screen, WriteTimeline timeline, bool everything)
    {
        TraceReport report = timeline.Report;
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("method"));
        table.AddColumns(Right("instructions"), Right("share"), Right("entries"));
        foreach (MethodCount row in report.Methods.Take(everything ? int.MaxValue : ShownMethods))
        {
            string share = ((double)row.Instructions / report.Instructions).ToString("P1", CultureInfo.InvariantCulture);
            table.AddRow(Markup.Escape($"{row.Method.Image}: {row.Method.Short()}"), Whole(row.Instructions), share, Whole(row.Entries));
        }
        WholeTable.Write(screen, table);
        if (!everything && report.Methods.Count > ShownMethods)
            screen.WriteLine($"{report.Methods.Count - ShownMethods} more methods; redirect the output to see all");
    }

    private static Table Build(WriteTimeline timeline, int width)
    {
        string[] titles = ["stamp", "instr.", .. timeline.Lanes.Select(static lane => $"ring {lane.Cpl}\n{lane.Domain}"), ""];
        IReadOnlyList<TimelineRow> folded = TimelineFold.Rows(timeline.Steps);
        string[][] rows = [.. folded.Select(row => RowOf(row, timeline))];
        Table table = new Table().Border(TableBorder.Simple);
        for (int column = 0; column < titles.Length; column++)
            table.AddColumn(column < NumberColumns ? Right(titles[column]) : Left(titles[column]));
        table.AddColumn(Left("what"));
        int rest = Math.Max(LeastWhat, width - Width(titles, rows) - Margin);
        foreach ((string[] cells, TimelineRow row) in rows.Zip(folded))
            table.AddRow([.. cells, Markup.Escape(Fit(What(row), rest))]);
        return table;
    }

    private static int Width(string[] titles, string[][] rows)
        => Margin + Enumerable.Range(0, titles.Length).Sum(column => Margin
            + rows.Select(row => row[column]).Concat(titles[column].Split('\n')).Max(static cell => cell.Length));

    // All cells but the last.
    private static string[] RowOf(TimelineRow row, WriteTimeline timeline)
    {
        int longest = timeline.Steps.Where(static step => step.Phase != Phase.Meanwhile).Max(static step => step.Length);
        IEnumerable<string> cells = timeline.Lanes.Select(lane => CellOf(row, lane));
        return [Whole(row.Stamp), Whole(row.Length), .. cells, Bar(row.Length, longest)];
    }

    private static string CellOf(TimelineRow row, Lane lane)
    {
        if (row.Steps.All(step => step.Lane != lane))
            return "";
        return row.Repeats > 0 ? "..." : row.Steps[0].Phase.Name();
    }

    private static string What(TimelineRow row)
    {
        if (row.Repeats > 0)
            return $"{row.Repeats} times more: {string.Join(", ", row.Pattern.Select(static step => step.Phase.Name()))}";
        TimelineStep step = row.Steps[0];
        SourceLine? line = step.Slices.SelectMany(static slice => slice.Lines).FirstOrDefault(static line => line.Text.Length > 0);
        return line is not null && s_shownBySource.Contains(step.Phase)
            ? $"{Path.GetFileName(line.File)}:{line.Number} {line.Text}"
            : string.Join(", ", step.Slices.Select(static slice => slice.Method.Short()).Distinct());
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 3)] + "...";

    private static string Bar(int length, int longest)
        => new('#', Math.Clamp((int)Math.Ceiling((double)length * BarWidth / longest), 1, BarWidth));

    private static void WriteTotals(IAnsiConsole screen, WriteTimeline timeline)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("phase").AddColumns(Right("instructions"), Right("share"));
        foreach ((Phase phase, int instructions) in timeline.Phases)
        {
            string share = ((double)instructions / timeline.Length).ToString("P1", CultureInfo.InvariantCulture);
            table.AddRow(phase.Name(), Whole(instructions), share);
        }
        table.AddRow("end to end", Whole(timeline.Length), "");
        WholeTable.Write(screen, table);
        screen.WriteLine(Ends(timeline));
        screen.WriteLine(Events(timeline.Report.Events));
    }

    private static string Ends(WriteTimeline timeline)
    {
        string doorbell = timeline.Doorbell is int rung ? $"the doorbell is rung after {Whole(rung)} instructions" : "no doorbell was rung";
        string completed = timeline.Completed is int known
            ? $"the stack knows that the frame is sent after {Whole(known)}"
            : "the trace ends before the frame is reported";
        return $"{doorbell}; write() returns after {Whole(timeline.Returned)}; {completed}";
    }

    private static string Events(TraceEvents events)
    {
        IEnumerable<string> kinds = events.CrossingsByKind.OrderByDescending(static kind => kind.Key.From)
            .Select(static kind => $"{kind.Key} {Whole(kind.Value)}");
        return $"ring crossings {Whole(events.RingCrossings)} ({string.Join(", ", kinds)}); "
            + $"address-space switches {Whole(events.AddressSpaceSwitches)}; messages {Whole(events.Messages)}; "
            + $"notifications {Whole(events.Notifications)}; interrupts {Whole(events.Interrupts)}; "
            + $"MMIO reads {Whole(events.MmioReads)}, writes {Whole(events.MmioWrites)}; "
            + $"port reads {Whole(events.PortReads)}, writes {Whole(events.PortWrites)}";
    }

    private static TableColumn Left(string title) => new TableColumn(Markup.Escape(title)).NoWrap();

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned().NoWrap();

    private static string Whole(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
