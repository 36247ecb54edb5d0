// What a medium is made of: speed, box in the middle, cables, seed. Next: Medium.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Ethernet;

/// <summary>Describes a medium. Times are bit times.</summary>
public sealed record MediumOptions
{
    public const int MostStations = 1024;
    public const int LongestDelay = 1_000_000;
    public const int MostQueuedFrames = 1_000_000;

    /// <summary>10,000,000 or 100,000,000.</summary>
    public long BitsPerSecond { get; init; } = 100_000_000;

    public Topology Topology { get; init; } = Topology.Hub;

    /// <summary>Propagation from each station to the middle; as many as there are stations.</summary>
    public required IReadOnlyList<int> Delays { get; init; }

    /// <summary>Same options, same offers, same seed: the same run to the bit.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A carrier within so much of the gap starts the gap anew: 0 to two thirds of it.</summary>
    public int InterFrameGapPart1 { get; init; } = CsmaCd.InterFrameGapPart1;

    /// <summary>Frames that wait at one port of the switch; more are dropped.</summary>
    public int SwitchQueueFrames { get; init; } = 64;

    /// <summary>Equal cables.</summary>
    public static MediumOptions OfStations(int count, int delay = 0)
        => new() { Delays = [.. Enumerable.Repeat(delay, Math.Max(0, count))] };

    /// <exception cref="ArgumentException">The medium cannot be: the message says why, in a line.</exception>
    public void Check()
    {
        ArgumentNullException.ThrowIfNull(Delays);
        Require(BitsPerSecond is 10_000_000 or 100_000_000, $"a medium of {BitsPerSecond} bit/s: choose 10000000 or 100000000");
        Require(Enum.IsDefined(Topology), $"there is no topology {(int)Topology}: choose Hub or Switch");
        Require(Delays.Count is > 0 and <= MostStations, $"{Delays.Count} stations: choose 1 to {MostStations}");
        Require(
            Delays.All(static delay => delay is >= 0 and <= LongestDelay),
            $"a delay of {Delays.FirstOrDefault(static delay => delay is < 0 or > LongestDelay)} bit times: choose 0 to {LongestDelay}");
        Require(
            InterFrameGapPart1 is >= 0 and <= CsmaCd.InterFrameGapPart1,
            $"a first part of the inter-frame gap of {InterFrameGapPart1} bit times: choose 0 to {CsmaCd.InterFrameGapPart1}");
        Require(
            SwitchQueueFrames is > 0 and <= MostQueuedFrames,
            $"a switch queue of {SwitchQueueFrames} frames: choose 1 to {MostQueuedFrames}");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new ArgumentException(otherwise);
    }
}
