// What `ringos explain` shows: down, on the wire, up; the placements side by side. Back to: ExplainCommand.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Ethernet;
using RingOS.Host.Machines;
using RingOS.Hub;
using RingOS.Hub.Explain;
using RingOS.Trace;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows an explanation.</summary>
internal static class ExplainScreen
{
    private const double NanosecondsPerMicrosecond = 1000;
    private const int LeastColumn = 36; // narrower ones break words and the figures behind them

    public static void Write(IAnsiConsole screen, Explanation explanation)
    {
        FailureCase failure = explanation.Case;
        WriteHeading(screen, failure);
        screen.WriteLine("DOWN: from the program to the doorbell; in each ring and domain, what for and how many instructions");
        WriteWays(screen, explanation, static way => way.Down);
        WriteWire(screen, explanation);
        if (failure.Frame is null)
            return;
        screen.WriteLine(failure.IsOfAnEarlierWrite
            ? Invariant($"TOLD: the driver's report has left the error at the socket; write {failure.Failure.Number} returns it")
            : "UP: from the interrupt to the program");
        WriteWays(screen, explanation, static way => way.Up);
        screen.WriteLine(failure.IsOfAnEarlierWrite
            ? Invariant($"write {failure.Failure.Number} returned -1, errno {failure.Failure.ErrnoName}.")
            : Invariant($"write() returned -1, errno {failure.Failure.ErrnoName}."));
        foreach (WriteWay way in explanation.Ways)
            screen.WriteLine(Cost(way));
        screen.WriteLine("No register said of this frame that it collided: a counter had moved by one while one frame was under way.");
    }

    private static void WriteHeading(IAnsiConsole screen, FailureCase failure)
    {
        FailedWrite write = failure.Failure;
        screen.WriteLine(Invariant($"host {failure.Station + 1}, write {write.Number}, datagram {write.Datagram}, completion={failure.Options.Completion}: ")
            + Invariant($"called after {write.BeganNanoseconds / NanosecondsPerMicrosecond:#,0.0} us, ")
            + Invariant($"-1 {write.ErrnoName} after {write.EndedNanoseconds / NanosecondsPerMicrosecond:#,0.0} us; replayed in QEMU {Qemu.Chosen.Version}"));
        if (failure.IsOfAnEarlierWrite)
            screen.WriteLine(Invariant($"The error is that of write {failure.FollowedWrite}, whose frame was lost after it had returned; it is followed here."));
        screen.WriteLine();
    }

    private static void WriteWays(IAnsiConsole screen, Explanation explanation, Func<WriteWay, IReadOnlyList<WayStretch>> choose)
    {
        if (screen.Profile.Width < explanation.Ways.Count * LeastColumn)
        {
            WriteWaysInTurn(screen, explanation, choose);
            return;
        }
        Table table = new Table().Border(TableBorder.Simple).Collapse();
        foreach (WriteWay way in explanation.Ways)
            _ = table.AddColumn(new TableColumn(way.Placement));
        int rows = explanation.Ways.Max(way => choose(way).Count);
        for (int row = 0; row < rows; row++)
            _ = table.AddRow([.. explanation.Ways.Select(way => Markup.Escape(row < choose(way).Count ? Line(choose(way)[row]) : ""))]);
        screen.Write(table);
    }

    // Where there is no room side by side.
    private static void WriteWaysInTurn(IAnsiConsole screen, Explanation explanation, Func<WriteWay, IReadOnlyList<WayStretch>> choose)
    {
        foreach (WriteWay way in explanation.Ways)
        {
            screen.WriteLine($"{way.Placement}:");
            foreach (WayStretch stretch in choose(way))
                screen.WriteLine("  " + Line(stretch));
        }
    }

    private static string Line(WayStretch stretch)
        => Invariant($"ring {stretch.Lane.Cpl} {stretch.Lane.Domain}: ")
            + string.Join(", ", stretch.Phases.Select(static phase => Invariant($"{phase.Phase.Name()} {phase.Instructions:#,0}")));

    private static void WriteWire(IAnsiConsole screen, Explanation explanation)
    {
        FailureCase failure = explanation.Case;
        if (failure.Frame is not { Report: TransmitReport report })
        {
            screen.WriteLine($"THE WIRE: nothing. {failure.Failure.ErrnoName} came from a full local queue; the frame never reached the NIC.");
            return;
        }
        screen.WriteLine("THE WIRE: the same in every placement; times after the NIC has the frame");
        Table table = new Table().Border(TableBorder.Simple).Collapse();
        foreach (string title in new[] { "attempt", "begins, us", "waited for\nothers, us", "hears another\nafter, bit times", "collides with\nhosts", "then backs off,\nslots" })
            _ = table.AddColumn(new TableColumn(title).RightAligned());
        foreach (WireStory attempt in explanation.Wire)
            _ = table.AddRow(Row(attempt, failure.Options.Megabits));
        WholeTable.Write(screen, table);
        screen.WriteLine(Invariant($"{End(report)} after {(double)(report.EndedAt - report.OfferedAt) / failure.Options.Megabits:#,0.0} us. ")
            + "The NIC moves its counters (0x808, 0x82C), passes the frame and sends its message.");
        screen.WriteLine();
    }

    private static string[] Row(WireStory attempt, int megabits) =>
    [
        Invariant($"{attempt.Attempt}"),
        Invariant($"{(double)attempt.StartedAt / megabits:#,0.00}"),
        attempt.WaitedForOthers == 0 ? "" : Invariant($"{(double)attempt.WaitedForOthers / megabits:#,0.00}"),
        attempt.CollisionAfter is long after ? Invariant($"{after}") : "",
        string.Join(", ", attempt.Rivals.Select(static rival => Invariant($"{rival + 1}"))),
        attempt.BackoffSlots is int slots ? Invariant($"{slots} of 0..{attempt.BackoffChoices - 1}") : "",
    ];

    private static string End(TransmitReport report) => report.Outcome switch
    {
        TransmitOutcome.ExcessiveCollisions => Invariant($"Given up after {report.Collisions} collisions,"),
        TransmitOutcome.LateCollision => "Given up for a collision after the slot time,",
        _ => "Sent,",
    };

    private static string Cost(WriteWay way)
        => Invariant($"{way.Placement}: {way.DownInstructions:#,0} instructions down and {way.UpInstructions:#,0} up, {way.Crossings} changes of ring; ")
            + Invariant($"{way.Meanwhile:#,0} meanwhile, for frames of others.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
