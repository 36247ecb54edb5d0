// How long write() took, as the guest's iperf counted it: `iperf --latency`. Next: LadderResult.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Host.Compare;

/// <summary>Calls that took at least a bucket's lower edge and less than the next bucket's.</summary>
/// <param name="Low">Lower edge in ticks.</param>
/// <param name="Count">Calls.</param>
public sealed record LatencyBucket(long Low, long Count);

/// <summary>The distribution over one counted run, in ticks: instructions, and halted time as if instructions had run.</summary>
public sealed record LatencyDistribution
{
    private const string Template = "iperf latency";

    public required string Placement { get; init; }

    /// <summary>A word of <see cref="Dials.CompletionWords"/>.</summary>
    public required string Completion { get; init; }

    public required long Minimum { get; init; }
    public required long Median { get; init; }
    public required long P99 { get; init; }
    public required long Maximum { get; init; }

    /// <summary>Lowest first.</summary>
    public required IReadOnlyList<LatencyBucket> Buckets { get; init; }

    /// <summary>Finds the event in a run that succeeded.</summary>
    /// <exception cref="RingOsException">It is not there, or not as agreed.</exception>
    public static LatencyDistribution Of(GuestRun run, Placement placement, string completion, string what)
    {
        LogEvent found = run.Events.LastStartingWith(Template)
            ?? throw new RingOsException(
                $"{what}: iperf ended without its \"{Template}\" event; the serial line ended with\n{run.LastLines}");
        return new LatencyDistribution
        {
            Placement = placement.Name,
            Completion = completion,
            Minimum = found.RequiredNumber(nameof(Minimum)),
            Median = found.RequiredNumber(nameof(Median)),
            P99 = found.RequiredNumber(nameof(P99)),
            Maximum = found.RequiredNumber(nameof(Maximum)),
            Buckets = BucketsOf(found.Word("Histogram") ?? "", what),
        };
    }

    /// <summary>Reads "64:10,128:2000": lower edges and counts.</summary>
    /// <exception cref="RingOsException">It is something else.</exception>
    internal static IReadOnlyList<LatencyBucket> BucketsOf(string histogram, string what)
        => [.. histogram.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => BucketOf(pair, what)).OrderBy(static bucket => bucket.Low)];

    private static LatencyBucket BucketOf(string pair, string what)
    {
        string[] parts = pair.Split(':');
        return parts.Length == 2 && TryRead(parts[0], out long low) && TryRead(parts[1], out long count)
            ? new LatencyBucket(low, count)
            : throw new RingOsException(
                $"{what}: '{pair}' in iperf's latency histogram is no bucket; rebuild the images with: ./ringos build");
    }

    private static bool TryRead(string text, out long number)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
