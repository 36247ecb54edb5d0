// How often each instruction was executed, as the instrument says. tools/RingOS.Instrument. Next: CountAnalyzer.cs
using System.Collections.Generic;
using RingOS.Instrument;

namespace RingOS.Trace;

/// <summary>An instruction and its executions.</summary>
/// <param name="Address">Virtual address, canonical.</param>
/// <param name="Length">Its bytes, 1..15.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Count">How often; each iteration of a <c>rep</c> string instruction counts, and the look at the counter that ends it.</param>
public readonly record struct CountedInstruction(ulong Address, int Length, InstructionKind Kind, long Count);

/// <summary>The counts of a window of a run.</summary>
public sealed record InstructionCounts
{
    /// <summary>All that were executed, each once.</summary>
    public required IReadOnlyList<CountedInstruction> Instructions { get; init; }

    /// <summary>Instructions of helpers by the layer of their callers, in the order of <see cref="Layer"/>.</summary>
    public required IReadOnlyList<long> HelpersByLayer { get; init; }

    /// <summary>Instructions from a device's interrupt to its driver, for the first interrupts of the window.</summary>
    public IReadOnlyList<int> InterruptsToDriver { get; init; } = [];
}
