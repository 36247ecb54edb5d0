// Cuts one write() out of a trace and divides it into steps. Back to: WriteTimeline.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>Makes timelines of a run.</summary>
/// <param name="trace">The run.</param>
/// <param name="symbols">Its images.</param>
/// <param name="lines">Their source lines.</param>
/// <param name="image">The program that writes.</param>
public sealed class WriteTimelineBuilder(ExecutionTrace trace, SymbolMap symbols, SourceLines lines, string image)
{
    private const int UserLevel = 3;

    /// <summary>The timeline of the write() that begins at an index (<see cref="WriteFinder.Starts"/>).</summary>
    public WriteTimeline Build(int start)
    {
        List<PhasedInstruction> instructions = [];
        WriteProgress progress = Follow(start, instructions);
        int returned = (progress.Returned ?? trace.Count) - start;
        int end = Math.Max(returned, (progress.Completed ?? 0) - start);
        instructions.RemoveRange(end, instructions.Count - end);
        IReadOnlyList<TraceWindow> parts = Parts(instructions, returned, Anchors(progress).Select(anchor => anchor - start));
        return new WriteTimeline
        {
            Start = start,
            Length = end,
            Returned = returned,
            Doorbell = progress.Doorbell - start,
            Completed = progress.Completed - start,
            Steps = Steps(instructions, parts),
            Report = Report(parts, start),
        };
    }

    /// <summary>The first write() from a position on in whose own time a doorbell is rung; that position if there is none.</summary>
    /// <param name="starts">Where the run's writes begin.</param>
    /// <param name="from">Position in <paramref name="starts"/>.</param>
    public int FirstWithDoorbell(IReadOnlyList<int> starts, int from)
    {
        for (int position = from; position < starts.Count; position++)
        {
            WriteProgress progress = Follow(starts[position], []);
            if (progress.Doorbell < (progress.Returned ?? trace.Count))
                return position;
        }
        return from;
    }

    private WriteProgress Follow(int start, List<PhasedInstruction> instructions)
    {
        PhaseReader reader = new(symbols, lines);
        TracedInstruction before = trace[start - 1];
        WriteProgress progress = new(symbols.MethodAt(before.Address), before.Cpl);
        for (int i = start; i < trace.Count && !progress.IsOver; i++)
        {
            PhasedInstruction instruction = reader.Read(trace[i]);
            instructions.Add(instruction);
            progress.Take(i, instruction);
        }
        progress.Finish();
        return progress;
    }

    private static IEnumerable<int> Anchors(WriteProgress progress)
        => new[] { progress.Doorbell, progress.Reported, progress.Completed - 1 }.OfType<int>();

    // The call itself; and of what follows its return, each way through the system on which something happens to the frame.
    private List<TraceWindow> Parts(List<PhasedInstruction> instructions, int returned, IEnumerable<int> anchors)
    {
        List<TraceWindow> parts = [new TraceWindow(0, returned)];
        foreach (int anchor in anchors.Order())
        {
            if (anchor < parts[^1].End || anchor >= instructions.Count)
                continue;
            int first = anchor;
            while (first > parts[^1].End && !IsProgram(instructions[first - 1]))
                first--;
            int end = anchor;
            while (end < instructions.Count && !IsProgram(instructions[end]))
                end++;
            parts.Add(new TraceWindow(first, end));
        }
        return parts;
    }

    private bool IsProgram(PhasedInstruction instruction) => instruction.Cpl == UserLevel && instruction.Method.Image == image;

    private List<TimelineStep> Steps(List<PhasedInstruction> instructions, IReadOnlyList<TraceWindow> parts)
    {
        List<TimelineStep> steps = [];
        int end = 0;
        foreach (TraceWindow part in parts)
        {
            if (part.Start > end)
                steps.Add(new TimelineStep(end, part.Start - end, new Lane(UserLevel, image), Phase.Meanwhile, []));
            steps.AddRange(StretchReader.Steps(instructions, part));
            end = part.End;
        }
        return steps;
    }

    private TraceReport Report(IReadOnlyList<TraceWindow> parts, int start)
    {
        TraceAnalyzer analyzer = new(symbols);
        return TraceReport.Sum(parts.Select(part => analyzer.Analyze(trace, new TraceWindow(start + part.Start, start + part.End))));
    }
}
