// The same kernel from several kits: what a datagram costs with each. Only counted: the kits differ in compiler and boot loader, and
// the layers of an image are named for the native one. Back to: Comparison.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using Serilog;

namespace RingOS.Host.Compare;

/// <summary>One cell of the table.</summary>
/// <param name="Kit">Whose image.</param>
/// <param name="Placement">Where the driver was.</param>
/// <param name="Counted">The run under icount.</param>
public sealed record KitMeasurement(Kit Kit, Placement Placement, Measurement Counted);

/// <summary>All that was counted.</summary>
/// <param name="Options">What was compared.</param>
/// <param name="Kits">The columns.</param>
/// <param name="Measurements">A run that failed is not among them.</param>
/// <param name="Failures">A line each.</param>
public sealed record KitComparisonResult(
    ComparisonOptions Options, IReadOnlyList<Kit> Kits, IReadOnlyList<KitMeasurement> Measurements, IReadOnlyList<string> Failures)
{
    /// <summary>Null if that run failed.</summary>
    public Measurement? Of(Kit kit, Placement placement)
        => Measurements.FirstOrDefault(cell => cell.Kit == kit && cell.Placement == placement)?.Counted;
}

/// <summary>Counts every placement with every kit.</summary>
/// <param name="kits">The columns.</param>
/// <param name="options">The rows, and what is sent.</param>
/// <param name="log">Gets what the guests say.</param>
/// <param name="onStep">Told before every machine.</param>
public sealed class KitComparison(IReadOnlyList<Kit> kits, ComparisonOptions options, ILogger log, Action<ComparisonStep> onStep)
{
    private readonly List<KitMeasurement> _measurements = [];
    private readonly List<string> _failures = [];
    private int _done;

    /// <summary>Reads <c>native,cosmos</c>.</summary>
    /// <exception cref="RingOsException">A kit is unknown or named twice, or none is named.</exception>
    public static IReadOnlyList<Kit> Kits(string names)
    {
        List<Kit> kits = [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Kit.Named)];
        if (kits.Count == 0 || kits.Distinct().Count() != kits.Count)
            throw new RingOsException($"name each kit once; there is: {Kit.Names}", exitCode: 2);
        return kits;
    }

    /// <summary>Runs the machines, one at a time. One that fails does not keep the others from running.</summary>
    public async Task<KitComparisonResult> RunAsync(CancellationToken cancellation)
    {
        foreach (Kit kit in kits)
        {
            using Laboratory laboratory = new(options with { Kit = kit }, log);
            foreach (Placement placement in options.Placements)
                await CountAsync(laboratory, kit, placement, cancellation);
        }
        return new KitComparisonResult(options, kits, _measurements, _failures);
    }

    private async Task CountAsync(Laboratory laboratory, Kit kit, Placement placement, CancellationToken cancellation)
    {
        onStep(new ComparisonStep(_done++, kits.Count * options.Placements.Count, $"{kit}: {placement.Name}"));
        try
        {
            _measurements.Add(new KitMeasurement(kit, placement, await laboratory.CountAsync(placement, cancellation)));
        }
        catch (RingOsException failure)
        {
            _failures.Add($"{kit}: {failure.Message}");
        }
    }
}
