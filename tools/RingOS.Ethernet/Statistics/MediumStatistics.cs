// What a run of a medium came to. Next: StationStatistics.cs
using System;
using System.Collections.Generic;

namespace RingOS.Ethernet;

/// <summary>Sums from time 0 until <see cref="Elapsed"/>.</summary>
public sealed class MediumStatistics
{
    internal MediumStatistics(Medium medium, IReadOnlyList<StationStatistics> stations, MediumUsage usage)
    {
        Elapsed = medium.Now;
        Stations = stations;
        Usage = usage;
        foreach (StationStatistics station in stations)
            AccessDelay.Add(station.AccessDelay);
    }

    /// <summary>Bit times.</summary>
    public long Elapsed { get; }

    public IReadOnlyList<StationStatistics> Stations { get; }

    public MediumUsage Usage { get; }

    /// <summary>Bit times in which the hub was silent, gaps included.</summary>
    public long IdleTime => Elapsed - Usage.CarryingTime - Usage.CollisionTime;

    /// <summary>Frame bits a bit time: at most .987 on a hub; on a switch the sum of all ports.</summary>
    public double Utilisation => Elapsed == 0 ? 0 : Usage.FrameBits / (double)Elapsed;

    /// <summary>Of all stations, of frames that were sent; bit times.</summary>
    public DelayHistogram AccessDelay { get; } = new();

    /// <summary>A sum over the stations.</summary>
    public long Total(Func<StationStatistics, long> count)
    {
        long total = 0;
        foreach (StationStatistics station in Stations)
            total += count(station);
        return total;
    }
}
