// What one run of a sweep came to. Next: LoadSweepJson.cs
using System;
using System.Linq;

namespace RingOS.Ethernet;

/// <summary>Figures of one number of stations under one load.</summary>
public sealed record LoadPoint
{
    public required int Stations { get; init; }

    /// <summary>As asked for; null if saturated.</summary>
    public required double? Load { get; init; }

    /// <summary>Frames that came into being, in queues dropped ones included; without a load, those the MACs were given.</summary>
    public required long Offered { get; init; }

    public required long Sent { get; init; }

    /// <summary>Frame bits a bit time.</summary>
    public required double Utilisation { get; init; }

    /// <summary>Payload, without the 18 bytes of header and check sequence.</summary>
    public required double GoodputMegabits { get; init; }

    /// <summary>Attempts that collided, for each frame sent.</summary>
    public required double CollisionsPerFrame { get; init; }

    public required long Excessive { get; init; }

    public required long Late { get; init; }

    /// <summary>Dropped because the queue in the station, or in the switch, was full.</summary>
    public required long QueueDrops { get; init; }

    /// <summary>Of the frames sent; 1 / stations would be fair.</summary>
    public required double LeastShare { get; init; }

    public required double MostShare { get; init; }

    /// <summary>From the offer to the MAC to the start of the attempt that succeeded.</summary>
    public required double MeanAccessMicroseconds { get; init; }

    public required double P99AccessMicroseconds { get; init; }

    /// <summary>Wall time the run took: differs from run to run, and is not in the JSON.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Frames sent and given up in a second of wall time.</summary>
    public double FramesPerSecond => (Sent + Excessive + Late) / Math.Max(Took.TotalSeconds, 1e-9);

    internal static LoadPoint Of(LoadOptions options, double? load, MediumStatistics statistics, long localDrops, TimeSpan took)
    {
        BitClock clock = new(options.BitsPerSecond);
        long sent = statistics.Total(static station => station.Sent);
        return new LoadPoint
        {
            Stations = statistics.Stations.Count,
            Load = load,
            Offered = statistics.Total(static station => station.Offered) + localDrops,
            Sent = sent,
            Utilisation = statistics.Utilisation,
            GoodputMegabits = statistics.Utilisation * options.BitsPerSecond / 1e6 * options.PayloadBytes / options.FrameBytes,
            CollisionsPerFrame = (double)statistics.Total(static station => station.Collisions) / Math.Max(1, sent),
            Excessive = statistics.Total(static station => station.Excessive),
            Late = statistics.Total(static station => station.Late),
            QueueDrops = localDrops + statistics.Usage.QueueDrops,
            LeastShare = (double)statistics.Stations.Min(static station => station.Sent) / Math.Max(1, sent),
            MostShare = (double)statistics.Stations.Max(static station => station.Sent) / Math.Max(1, sent),
            MeanAccessMicroseconds = statistics.AccessDelay.Mean * clock.NanosecondsPerBit / 1000,
            P99AccessMicroseconds = statistics.AccessDelay.Percentile(.99) * clock.NanosecondsPerBit / 1000.0,
            Took = took,
        };
    }
}
