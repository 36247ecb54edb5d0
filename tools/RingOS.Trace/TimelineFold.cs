// Shortens a timeline in which a loop goes round and round. Back to: WriteTimeline.cs
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>A row of a shortened timeline: a step, or several rounds of the steps before it.</summary>
/// <param name="Steps">One, or those of all the rounds.</param>
/// <param name="Repeats">How many rounds; 0 if it is a single step.</param>
public sealed record TimelineRow(IReadOnlyList<TimelineStep> Steps, int Repeats)
{
    public int Stamp => Steps[0].Stamp;

    public int Length => Steps.Sum(static step => step.Length);

    /// <summary>The steps of one round.</summary>
    public IEnumerable<TimelineStep> Pattern => Steps.Take(Repeats == 0 ? 1 : Steps.Count / Repeats);
}

/// <summary>Folds rounds of the same phases in the same lanes.</summary>
public static class TimelineFold
{
    private const int LongestPattern = 12;
    private const int FewestRounds = 4; // fewer are shown as they are

    /// <summary>All steps in order, loops folded after their first round.</summary>
    public static IReadOnlyList<TimelineRow> Rows(IReadOnlyList<TimelineStep> steps)
    {
        List<TimelineRow> rows = [];
        for (int i = 0; i < steps.Count;)
        {
            (int length, int rounds) = PatternAt(steps, i);
            rows.AddRange(steps.Skip(i).Take(length).Select(static step => new TimelineRow([step], 0)));
            if (rounds > 1)
                rows.Add(new TimelineRow([.. steps.Skip(i + length).Take(length * (rounds - 1))], rounds - 1));
            i += length * rounds;
        }
        return rows;
    }

    // The shortest pattern that goes round often enough; else a single step.
    private static (int Length, int Rounds) PatternAt(IReadOnlyList<TimelineStep> steps, int start)
    {
        for (int length = 2; length <= LongestPattern; length++)
        {
            int end = start + length;
            while (end < steps.Count && IsSame(steps[end], steps[end - length]))
                end++;
            int rounds = (end - start) / length;
            if (rounds >= FewestRounds)
                return (length, rounds);
        }
        return (1, 1);
    }

    private static bool IsSame(TimelineStep one, TimelineStep other) => one.Lane == other.Lane && one.Phase == other.Phase;
}
