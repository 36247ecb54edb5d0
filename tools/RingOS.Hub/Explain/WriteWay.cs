// A write()'s way through one placement, lane by lane: down to the doorbell, and up from the interrupt. Next: WireStory.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Trace;

namespace RingOS.Hub.Explain;

/// <summary>A stretch in one ring and domain.</summary>
/// <param name="Lane">Where.</param>
/// <param name="Phases">What for, and instructions, in order of first appearance.</param>
public sealed record WayStretch(Lane Lane, IReadOnlyList<(Phase Phase, int Instructions)> Phases);

/// <param name="Placement">Where the driver lives.</param>
/// <param name="Down">From the program to the doorbell, and to the caller's sleep.</param>
/// <param name="Up">
/// From the interrupt that reports the frame to the return of write(); or the later write() that is told. Empty if no frame was handed over.
/// </param>
/// <param name="Meanwhile">Instructions between the two, for other frames' interrupts: they are not this write()'s. 0 if it did not wait.</param>
public sealed record WriteWay(string Placement, IReadOnlyList<WayStretch> Down, IReadOnlyList<WayStretch> Up, int Meanwhile)
{
    private const string Halt = "halt_until_interrupt";
    private const string Interrupt = "interrupt_from_kernel";

    public int DownInstructions => Sum(Down);

    public int UpInstructions => Sum(Up);

    /// <summary>Changes of ring on the way down and up.</summary>
    public int Crossings => Changes(Down) + Changes(Up);

    internal static WriteWay Of(Replayed replay, bool hasFrame)
    {
        IReadOnlyList<TimelineStep> steps = replay.Timeline.Steps;
        int first = EndOfCall(steps, replay.Timeline.Returned);
        if (replay.Told is { } told)
            return new WriteWay(replay.Placement, Merge(steps.Take(first)), Merge(told.Steps.Take(EndOfCall(told.Steps, told.Returned))), 0);
        int last = hasFrame ? System.Math.Max(first, Last(steps)) : steps.Count;
        return new WriteWay(
            replay.Placement,
            Merge(steps.Take(first)),
            Merge(steps.Skip(last)),
            steps.Skip(first).Take(last - first).Sum(static step => step.Length));
    }

    // The way down ends where write() returns, or where the processor halts before that.
    private static int EndOfCall(IReadOnlyList<TimelineStep> steps, int returned)
    {
        int index = 0;
        while (index < steps.Count && steps[index].Stamp < returned && !IsHalt(steps[index]))
            index++;
        return index;
    }

    // The way up begins with the interrupt that ends the last halt.
    private static int Last(IReadOnlyList<TimelineStep> steps)
    {
        for (int index = steps.Count - 1; index >= 0; index--)
        {
            if (IsHalt(steps[index]) && index + 1 < steps.Count && Runs(steps[index + 1], Interrupt))
                return index + 1;
        }
        return steps.Count;
    }

    private static bool IsHalt(TimelineStep step) => Runs(step, Halt);

    private static bool Runs(TimelineStep step, string method)
        => step.Slices.Any(slice => slice.Method.Name.Contains(method, System.StringComparison.Ordinal));

    private static List<WayStretch> Merge(IEnumerable<TimelineStep> steps)
    {
        List<WayStretch> stretches = [];
        List<TimelineStep> same = [];
        foreach (TimelineStep step in steps)
        {
            if (same.Count > 0 && same[0].Lane != step.Lane)
                Flush(same, stretches);
            same.Add(step);
        }
        Flush(same, stretches);
        return stretches;
    }

    private static void Flush(List<TimelineStep> same, List<WayStretch> stretches)
    {
        if (same.Count > 0)
            stretches.Add(new WayStretch(same[0].Lane, [.. same.GroupBy(static step => step.Phase).Select(static phase => (phase.Key, phase.Sum(static step => step.Length)))]));
        same.Clear();
    }

    private static int Sum(IReadOnlyList<WayStretch> stretches) => stretches.Sum(static stretch => stretch.Phases.Sum(static phase => phase.Instructions));

    private static int Changes(IReadOnlyList<WayStretch> stretches)
        => stretches.Zip(stretches.Skip(1)).Count(static pair => pair.First.Lane.Cpl != pair.Second.Lane.Cpl);
}
