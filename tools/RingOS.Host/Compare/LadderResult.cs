// Everything `ringos compare --all` found: what the page and its JSON file show. Next: ../Report/ReportPage.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Host.Machines;
using RingOS.Host.Report;

namespace RingOS.Host.Compare;

/// <summary>A counted run of one datagram size.</summary>
/// <param name="Placement">The placement's name.</param>
/// <param name="Dials">The setting.</param>
/// <param name="Bytes">UDP payload.</param>
/// <param name="Instructions">Guest instructions a datagram.</param>
public sealed record SizePoint(string Placement, Dials Dials, int Bytes, double Instructions);

/// <summary>What receiving cost.</summary>
/// <param name="Placement">The placement's name.</param>
/// <param name="Kind">A word of <see cref="Kinds"/>.</param>
/// <param name="Count">Datagrams received, or round trips.</param>
/// <param name="Instructions">Guest instructions for each.</param>
/// <param name="Lost">Never arrived.</param>
public sealed record ReceiveFigure(string Placement, string Kind, long Count, double Instructions, long Lost)
{
    /// <summary>A datagram received; a UDP datagram received and sent back; an ICMP echo sent and its answer received.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["receive", "udp echo", "ping"];
}

/// <summary>Something that could not be measured; the report says so in its place.</summary>
/// <param name="Part">A word of <see cref="LadderPart"/>.</param>
/// <param name="What">What exactly: "ring3, completion=wait".</param>
/// <param name="Reason">Why, in one line.</param>
public sealed record Gap(string Part, string What, string Reason);

/// <summary>The parts a gap can be in.</summary>
public static class LadderPart
{
    public const string Headline = "headline setting";
    public const string Batches = "batch setting";
    public const string Sizes = "sizes";
    public const string Checks = "price of checking";
    public const string Latency = "latency";
    public const string Receive = "receive";
    public const string Primitives = "primitives";
    public const string Faults = "faults";
}

/// <summary>The whole ladder.</summary>
public sealed record LadderResult
{
    public required LadderOptions Options { get; init; }

    /// <summary>One for each of <see cref="LadderOptions.Settings"/>, in that order.</summary>
    public required IReadOnlyList<ComparisonResult> Comparisons { get; init; }

    public required IReadOnlyList<SizePoint> Sizes { get; init; }

    /// <summary>The placement <see cref="LadderOptions.CheckedByLanguage"/> without its checks, a point a setting; may be empty.</summary>
    public required IReadOnlyList<SizePoint> Unchecked { get; init; }

    public required IReadOnlyList<LatencyDistribution> Latencies { get; init; }

    public required IReadOnlyList<ReceiveFigure> Received { get; init; }

    /// <summary>The elementary operations in instructions; null if they could not be measured.</summary>
    public required PrimitiveCosts? Primitives { get; init; }

    /// <summary>The elementary operations in plain TCG; null if they could not be measured.</summary>
    public required PrimitiveCosts? TimedPrimitives { get; init; }

    public required IReadOnlyList<FaultOutcome> Faults { get; init; }

    public required IReadOnlyList<Gap> Gaps { get; init; }

    /// <summary>The machines started, in order.</summary>
    public required IReadOnlyList<MachineRecord> Machines { get; init; }

    public IReadOnlyDictionary<string, string> Versions => Comparisons[0].Versions;

    /// <summary>QEMU's random seed.</summary>
    public static int Seed => new MachineOptions().Seed;

    /// <summary>The gaps of one part.</summary>
    public IEnumerable<Gap> GapsOf(string part) => Gaps.Where(gap => gap.Part == part);
}
