// The ladder as JSON: `./ringos compare --all --json FILE`. The shape is that of ComparisonJson.cs, and more. Back to: Ladder.cs
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using RingOS.Host.Report;

namespace RingOS.Host.Compare;

/// <summary>Formats ladders. Names are camelCase; figures are per datagram, instructions unless they say otherwise.</summary>
/// <remarks><code>
///   runs         as in a comparison: "icount" and "wall", told apart by mode, placement and dials
///   sizes        placement, dials, bytes, instructionsPerDatagram
///   unchecked    the same for the software placement on a kernel that checks no access of the driver
///   latencies    placement, completion, minimum, median, p99, maximum (ticks of one write()), buckets [low, count]
///   received     placement, kind (receive, udp echo, ping), count, instructions (for each), lost
///   runs.interruptToDriver   instructions from a device's interrupt to its driver's handler, the median of the counted run's first
///   primitives   instructions of the kernel's elementary operations; timedPrimitives: ticks in plain TCG
///   peers        who, operation, value, unit, conditions, source: published, not measured here
///   faults       placement, fault, outcome, detail
///   gaps         part, what, reason: not measured
///   machines     kind, kernel: the kernel command lines, in order; qemu: one QEMU command for each kind
///   versions, seed
/// </code></remarks>
public static class LadderJson
{
    /// <summary>The whole text, ending in a line feed.</summary>
    public static string Format(LadderResult result) => JsonSerializer.Serialize(DocumentOf(result), ComparisonJson.Options) + "\n";

    private static Document DocumentOf(LadderResult result) => new()
    {
        Runs = [.. result.Comparisons.SelectMany(ComparisonJson.RunsOf)],
        Primitives = result.Primitives,
        Versions = result.Versions,
        Sizes = [.. result.Sizes.Select(SizeOf)],
        Unchecked = [.. result.Unchecked.Select(SizeOf)],
        Latencies = result.Latencies,
        Received = [.. result.Received.Select(static figure => figure with { Instructions = ComparisonJson.Rounded(figure.Instructions) })],
        TimedPrimitives = result.TimedPrimitives,
        Peers = PublishedFigure.All,
        Faults = result.Faults,
        Gaps = result.Gaps,
        Machines = [.. result.Machines.Select(static machine => new StartedMachine(machine.Kind, machine.KernelCommandLine))],
        Qemu = result.Machines.DistinctBy(static machine => machine.Kind)
            .ToDictionary(static machine => machine.Kind, static machine => machine.QemuCommand),
        Seed = LadderResult.Seed,
    };

    private static Size SizeOf(SizePoint point)
        => new(point.Placement, point.Dials.ToString(), point.Bytes, ComparisonJson.Rounded(point.Instructions));

    private sealed record Size(string Placement, string Dials, int Bytes, double InstructionsPerDatagram);

    private sealed record StartedMachine(string Kind, string Kernel);

    private sealed record Document
    {
        public required IReadOnlyList<ComparisonJson.Run> Runs { get; init; }
        public required PrimitiveCosts? Primitives { get; init; }
        public required IReadOnlyDictionary<string, string> Versions { get; init; }
        public required IReadOnlyList<Size> Sizes { get; init; }
        public required IReadOnlyList<Size> Unchecked { get; init; }
        public required IReadOnlyList<LatencyDistribution> Latencies { get; init; }
        public required IReadOnlyList<ReceiveFigure> Received { get; init; }
        public required PrimitiveCosts? TimedPrimitives { get; init; }
        public required IReadOnlyList<PublishedFigure> Peers { get; init; }
        public required IReadOnlyList<FaultOutcome> Faults { get; init; }
        public required IReadOnlyList<Gap> Gaps { get; init; }
        public required IReadOnlyList<StartedMachine> Machines { get; init; }
        public required IReadOnlyDictionary<string, string> Qemu { get; init; }
        public required int Seed { get; init; }
    }
}
