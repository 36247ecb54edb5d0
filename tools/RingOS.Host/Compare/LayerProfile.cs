// What the instrument says of the instructions between the first and the last datagram. Next: CountProfiler.cs
using System.Collections.Generic;

namespace RingOS.Host.Compare;

/// <summary>A row of the per-method profile, per datagram.</summary>
/// <param name="Name">Image and method.</param>
/// <param name="Instructions">Its own, without those of what it calls.</param>
/// <param name="Entries">How often it was entered.</param>
public sealed record MethodShare(string Name, double Instructions, double Entries);

/// <summary>Instructions by layer and device accesses, per datagram unless they say otherwise.</summary>
public sealed record LayerProfile
{
    /// <summary>Instructions by layer, in the order of the way down: application first, "other" last.</summary>
    public required IReadOnlyDictionary<string, double> Layers { get; init; }

    public required double MmioReads { get; init; }

    public required double MmioWrites { get; init; }

    /// <summary>Instructions from a device's interrupt to its driver, the median of the first ones; null if there was no interrupt.</summary>
    public int? InterruptToDriver { get; init; }

    /// <summary>The methods that ran, most instructions first.</summary>
    public required IReadOnlyList<MethodShare> Methods { get; init; }

    /// <summary>Share of the instructions that belong to no layer, 0..1.</summary>
    public required double OtherShare { get; init; }
}
