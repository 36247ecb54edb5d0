// Everything a comparison found, as the table and the JSON file show it. Next: ComparisonJson.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Host.Compare;

/// <summary>One column.</summary>
public sealed record PlacementResult
{
    public required Placement Placement { get; init; }

    /// <summary>The run under icount: exact.</summary>
    public required Measurement Counted { get; init; }

    /// <summary>Where the instructions of that run went, per datagram.</summary>
    public required LayerProfile Profile { get; init; }

    /// <summary>The runs against the clock, slowest first.</summary>
    public required IReadOnlyList<Measurement> Timed { get; init; }

    /// <summary>The run in the middle.</summary>
    public Measurement MedianTimed => Timed[Timed.Count / 2];

    /// <summary>Ticks of the processor's time-stamp counter a datagram in the median run, less those it was halted; KVM's runs only.</summary>
    public double CyclesPerDatagram => MedianTimed.Window.TicksPerDatagram;

    public double InstructionsPerDatagram => Counted.Window.InstructionsPerDatagram;

    /// <summary>Instructions by layer; they add up to <see cref="InstructionsPerDatagram"/>, and what the idle loop executed.</summary>
    public IReadOnlyDictionary<string, double> Layers => Profile.Layers;
}

/// <summary>A run that failed.</summary>
/// <param name="Placement">Whose; null for the primitives, which are measured in one placement only.</param>
/// <param name="Message">What happened, with the last serial lines.</param>
public sealed record ComparisonFailure(Placement? Placement, string Message);

/// <summary>A whole comparison.</summary>
public sealed record ComparisonResult
{
    public required ComparisonOptions Options { get; init; }

    public required IReadOnlyList<PlacementResult> Placements { get; init; }

    public required IReadOnlyList<ComparisonFailure> Failures { get; init; }

    /// <summary>Null if they could not be measured.</summary>
    public required PrimitiveCosts? Primitives { get; init; }

    /// <summary>The same on the host's processor, in ticks of its time-stamp counter; null unless KVM was asked for.</summary>
    public PrimitiveCosts? PrimitiveCycles { get; init; }

    /// <summary>Tools and what they say they are.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>What was the same in all columns: <c>batch=1 interrupts=frame completion=queued checksum=offload</c>.</summary>
    public IReadOnlyDictionary<string, string> Dials => new Dictionary<string, string>
    {
        ["batch"] = Options.Dials.Batch.ToString(CultureInfo.InvariantCulture),
        ["interrupts"] = Options.Dials.Interrupts,
        ["completion"] = Options.Dials.Completion,
        ["checksum"] = Checksum,
    };

    // Comparing an offloaded column with one in software would compare checksums.
    private string Checksum
    {
        get
        {
            List<string> words = [.. Placements.Select(static placement => placement.Counted.Checksum ?? "unknown").Distinct()];
            return words.Count == 1 ? words[0] : words.Count == 0 ? "unknown" : "mixed";
        }
    }

    /// <summary>The column ratios refer to; null if none succeeded.</summary>
    public PlacementResult? Baseline
        => Placements.FirstOrDefault(static result => result.Placement == Placement.All[0]) ?? Placements.FirstOrDefault();
}
