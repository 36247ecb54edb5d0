// One write() end to end, step by step: which ring, which domain, which phase. Next: WriteTimelineBuilder.cs
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>A ring and a domain: where code runs.</summary>
/// <param name="Cpl">Privilege level, 0..3.</param>
/// <param name="Domain">"kernel", "iperf", "nic", ...</param>
public readonly record struct Lane(int Cpl, string Domain);

/// <summary>A stretch of a step in one method.</summary>
/// <param name="Stamp">Instructions since the write() began.</param>
/// <param name="Length">Instructions, at least 1.</param>
/// <param name="Method">Where it ran.</param>
/// <param name="Lines">The source lines it went through, each once.</param>
public sealed record TimelineSlice(int Stamp, int Length, Method Method, IReadOnlyList<SourceLine> Lines);

/// <summary>Instructions of one phase without a change of ring or domain.</summary>
/// <param name="Stamp">Instructions since the write() began.</param>
/// <param name="Length">Instructions, at least 1.</param>
/// <param name="Lane">Where they ran.</param>
/// <param name="Phase">What for.</param>
/// <param name="Slices">By method; they add up to <paramref name="Length"/>. Of <see cref="Phase.Meanwhile"/> none.</param>
public sealed record TimelineStep(int Stamp, int Length, Lane Lane, Phase Phase, IReadOnlyList<TimelineSlice> Slices);

/// <summary>From the first instruction of the user stub to the later of the return and the completion.</summary>
public sealed record WriteTimeline
{
    /// <summary>Index in the trace of the first instruction.</summary>
    public required int Start { get; init; }

    /// <summary>Instructions in all; the steps add up to it.</summary>
    public required int Length { get; init; }

    /// <summary>Stamp at which the program goes on.</summary>
    public required int Returned { get; init; }

    /// <summary>Stamp of the first doorbell's register write; null if none came.</summary>
    public required int? Doorbell { get; init; }

    /// <summary>Stamp at which the network stack knows that the frame is done; null if the trace ended before.</summary>
    public required int? Completed { get; init; }

    /// <summary>In order, without gaps.</summary>
    public required IReadOnlyList<TimelineStep> Steps { get; init; }

    /// <summary>What happened between the instructions, and the methods; less <see cref="Phase.Meanwhile"/>.</summary>
    public required TraceReport Report { get; init; }

    /// <summary>Every lane that was used, in order of appearance.</summary>
    public IReadOnlyList<Lane> Lanes => [.. Steps.Select(static step => step.Lane).Distinct()];

    /// <summary>Instructions by phase, in order of appearance; they add up to <see cref="Length"/>.</summary>
    public IReadOnlyList<(Phase Phase, int Instructions)> Phases
        => [.. Steps.GroupBy(static step => step.Phase).Select(static group => (group.Key, group.Sum(static step => step.Length)))];
}
