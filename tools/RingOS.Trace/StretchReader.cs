// Divides a stretch of instructions into steps, and those into slices. Back to: WriteTimelineBuilder.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>Merges neighbours that belong together.</summary>
internal static class StretchReader
{
    /// <summary>A step for every change of ring, domain or phase.</summary>
    public static IEnumerable<TimelineStep> Steps(List<PhasedInstruction> instructions, TraceWindow window)
    {
        foreach (TraceWindow run in Runs(instructions, window, static (a, b) => LaneOf(a) == LaneOf(b) && a.Phase == b.Phase))
        {
            PhasedInstruction first = instructions[run.Start];
            yield return new TimelineStep(run.Start, run.Length, LaneOf(first), first.Phase, [.. Slices(instructions, run)]);
        }
    }

    private static IEnumerable<TimelineSlice> Slices(List<PhasedInstruction> instructions, TraceWindow window)
        => Runs(instructions, window, static (a, b) => a.Method == b.Method)
            .Select(run => new TimelineSlice(run.Start, run.Length, instructions[run.Start].Method, LinesOf(instructions, run)));

    private static IEnumerable<TraceWindow> Runs(
        List<PhasedInstruction> instructions, TraceWindow window, Func<PhasedInstruction, PhasedInstruction, bool> belongTogether)
    {
        int first = window.Start;
        for (int i = window.Start + 1; i <= window.End; i++)
        {
            if (i < window.End && belongTogether(instructions[i - 1], instructions[i]))
                continue;
            yield return new TraceWindow(first, i);
            first = i;
        }
    }

    private static Lane LaneOf(PhasedInstruction instruction) => new(instruction.Cpl, instruction.Domain);

    private static SourceLine[] LinesOf(List<PhasedInstruction> instructions, TraceWindow run)
        => [.. instructions.GetRange(run.Start, run.Length).Select(static instruction => instruction.Line).OfType<SourceLine>().Distinct()];
}
