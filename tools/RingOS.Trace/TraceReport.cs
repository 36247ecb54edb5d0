// What counts or a recording say about a window of a run. Next: SourceLines.cs
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>Counts over one window; divide by the datagrams sent in it for figures per datagram.</summary>
/// <param name="Instructions">Executed in the window: ticks of the time-stamp counter under `-icount shift=0`, idle time left out.</param>
/// <param name="Layers">Every layer, in order; the values add up to <paramref name="Instructions"/>.</param>
/// <param name="Methods">Methods that ran, most instructions first; they add up to <paramref name="Instructions"/>.</param>
/// <param name="InstructionsPerCpl">Four counts that add up to <paramref name="Instructions"/>.</param>
/// <param name="Events">What happened between the instructions.</param>
public sealed record TraceReport(
    long Instructions,
    IReadOnlyDictionary<Layer, long> Layers,
    IReadOnlyList<MethodCount> Methods,
    IReadOnlyList<long> InstructionsPerCpl,
    TraceEvents Events)
{
    /// <summary>Share of the instructions that belong to no layer, 0..1.</summary>
    public double OtherShare => Instructions == 0 ? 0 : (double)Layers[Layer.Other] / Instructions;

    /// <summary>
    /// For the first interrupts of a device that reached its driver: the instructions from the first of the entry to the first of the handler.
    /// Of a counted window only.
    /// </summary>
    public IReadOnlyList<int> InterruptsToDriver { get; init; } = [];

    /// <summary>The median of <see cref="InterruptsToDriver"/>, the upper one of two; null if there was no interrupt.</summary>
    public int? InterruptToDriver
        => InterruptsToDriver.Count == 0 ? null : InterruptsToDriver.Order().ElementAt(InterruptsToDriver.Count / 2);

    /// <summary>The report on several windows of a trace together.</summary>
    /// <param name="reports">One at least.</param>
    public static TraceReport Sum(IEnumerable<TraceReport> reports) => reports.Aggregate(static (left, right) => new TraceReport(
        left.Instructions + right.Instructions,
        left.Layers.ToDictionary(static layer => layer.Key, layer => layer.Value + right.Layers[layer.Key]),
        Merge(left.Methods.Concat(right.Methods)),
        [.. left.InstructionsPerCpl.Zip(right.InstructionsPerCpl, static (first, second) => first + second)],
        left.Events + right.Events));

    private static List<MethodCount> Merge(IEnumerable<MethodCount> rows) => rows
        .GroupBy(static row => row.Method)
        .Select(static group => new MethodCount(
            group.Key, group.Sum(static row => row.Instructions), group.Sum(static row => row.Entries)))
        .OrderByDescending(static row => row.Instructions)
        .ThenBy(static row => row.Method.Index)
        .ToList();
}

/// <summary>A row of the profile.</summary>
/// <param name="Method">Whose instructions.</param>
/// <param name="Instructions">Its own, without those of what it calls.</param>
/// <param name="Entries">How often its first instruction ran.</param>
public sealed record MethodCount(Method Method, long Instructions, long Entries);

/// <summary>A change of ring from one level to another.</summary>
public readonly record struct RingCrossing(int From, int To)
{
    /// <summary>"3->0"</summary>
    public override string ToString() => $"{From}->{To}";
}

/// <summary>Exact counts of what costs more on a processor than an instruction count shows.</summary>
public sealed record TraceEvents
{
    /// <summary>Changes of the privilege level, by kind; only kinds that occurred.</summary>
    public required IReadOnlyDictionary<RingCrossing, long> CrossingsByKind { get; init; }

    /// <summary>All changes of the privilege level.</summary>
    public long RingCrossings => CrossingsByKind.Values.Sum();

    public required long AddressSpaceSwitches { get; init; }

    public required long Messages { get; init; }

    public required long Notifications { get; init; }

    /// <summary>Entries through the interrupt table; processor exceptions come the same way.</summary>
    public required long Interrupts { get; init; }

    public required long MmioReads { get; init; }

    public required long MmioWrites { get; init; }

    /// <summary>The same by <c>in</c> and <c>out</c>: a driver's accesses, not the kernel's own.</summary>
    public long PortReads { get; init; }

    public long PortWrites { get; init; }

    /// <summary>Bytes copied between a program's memory and the kernel's.</summary>
    public required long CopiedBytes { get; init; }

    public static TraceEvents operator +(TraceEvents left, TraceEvents right) => new()
    {
        CrossingsByKind = left.CrossingsByKind.Concat(right.CrossingsByKind).GroupBy(static kind => kind.Key)
            .ToDictionary(static kind => kind.Key, static kind => kind.Sum(static count => count.Value)),
        AddressSpaceSwitches = left.AddressSpaceSwitches + right.AddressSpaceSwitches,
        Messages = left.Messages + right.Messages,
        Notifications = left.Notifications + right.Notifications,
        Interrupts = left.Interrupts + right.Interrupts,
        MmioReads = left.MmioReads + right.MmioReads,
        MmioWrites = left.MmioWrites + right.MmioWrites,
        PortReads = left.PortReads + right.PortReads,
        PortWrites = left.PortWrites + right.PortWrites,
        CopiedBytes = left.CopiedBytes + right.CopiedBytes,
    };
}
