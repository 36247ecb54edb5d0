// A comparison as JSON: `./ringos compare --json FILE`. Next: LadderJson.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using RingOS.Host.Machines;

namespace RingOS.Host.Compare;

/// <summary>Formats comparisons.</summary>
public static class ComparisonJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <summary>The whole text, ending in a line feed. Events, layers and instructions are per datagram.</summary>
    /// <remarks>interruptToDriver: instructions, the median of the counted run's first; missing where no interrupt came.</remarks>
    public static string Format(ComparisonResult result)
        => JsonSerializer.Serialize(
            new Document
            {
                Runs = RunsOf(result),
                Primitives = result.Primitives,
                PrimitiveCycles = result.PrimitiveCycles,
                Versions = result.Versions,
            },
            Options) + "\n";

    /// <summary>Two runs a placement: counted, and the median one against the clock.</summary>
    internal static IReadOnlyList<Run> RunsOf(ComparisonResult result)
        => [.. result.Placements.SelectMany(placement => new[] { CountedRun(placement, result), TimedRun(placement, result) })];

    internal static double Rounded(double value) => Math.Round(value, 4);

    private static Run CountedRun(PlacementResult placement, ComparisonResult result) => BaseRun(placement, placement.Counted, result) with
    {
        Mode = "icount",
        InstructionsPerDatagram = Rounded(placement.InstructionsPerDatagram),
        Layers = placement.Layers.ToDictionary(static layer => layer.Key, static layer => Rounded(layer.Value)),
        Events = Events(placement),
        InterruptToDriver = placement.Profile.InterruptToDriver,
    };

    private static Run TimedRun(PlacementResult placement, ComparisonResult result)
        => BaseRun(placement, placement.MedianTimed, result) with
        {
            Mode = result.Options.Accelerator == Accelerator.Kvm ? "kvm" : "wall",
            CyclesPerDatagram = result.Options.Accelerator == Accelerator.Kvm ? Rounded(placement.CyclesPerDatagram) : null,
            DatagramsPerSecond = Rounded(placement.MedianTimed.DatagramsPerSecond),
            DatagramsPerSecondOfAllRounds = [.. placement.Timed.Select(static run => Rounded(run.DatagramsPerSecond))],
        };

    private static Run BaseRun(PlacementResult placement, Measurement measurement, ComparisonResult result) => new()
    {
        Placement = placement.Placement.Name,
        Bytes = result.Options.Bytes,
        Datagrams = measurement.Window.Datagrams,
        Received = measurement.Received,
        Lost = measurement.Lost,
        HostLost = measurement.HostLost,
        WriteErrors = measurement.Window.WriteErrors,
        Dials = result.Dials,
    };

    private static Dictionary<string, double> Events(PlacementResult placement)
        => EventRows.All.ToDictionary(static row => row.JsonName, row => Rounded(row.PerDatagram(placement)));

    private sealed record Document
    {
        public required IReadOnlyList<Run> Runs { get; init; }
        public required PrimitiveCosts? Primitives { get; init; }
        public PrimitiveCosts? PrimitiveCycles { get; init; }
        public required IReadOnlyDictionary<string, string> Versions { get; init; }
    }

    internal sealed record Run
    {
        public required string Placement { get; init; }
        public string Mode { get; init; } = "";
        public required int Bytes { get; init; }
        public required long Datagrams { get; init; }
        public required long Received { get; init; }
        public required long Lost { get; init; }
        public long? HostLost { get; init; }
        public required long WriteErrors { get; init; }
        public double? InstructionsPerDatagram { get; init; }
        public IReadOnlyDictionary<string, double>? Layers { get; init; }
        public IReadOnlyDictionary<string, double>? Events { get; init; }
        public int? InterruptToDriver { get; init; }
        public double? CyclesPerDatagram { get; init; }
        public double? DatagramsPerSecond { get; init; }
        public IReadOnlyList<double>? DatagramsPerSecondOfAllRounds { get; init; }
        public required IReadOnlyDictionary<string, string> Dials { get; init; }
    }
}
