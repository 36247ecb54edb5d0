// A sweep as JSON: `./ringos medium --json FILE`. Back to: LoadSweep.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RingOS.Ethernet;

/// <summary>Formats sweeps. The same command writes the same file: what took how long is left out.</summary>
public static class LoadSweepJson
{
    private const int Digits = 6;

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <summary>The whole text, ending in a line feed. load is missing where every station always has another frame.</summary>
    public static string Format(LoadOptions options, IReadOnlyList<LoadPoint> points) => JsonSerializer.Serialize(
        new Document(
            options.Topology == Topology.Hub ? "hub" : "switch",
            options.BitsPerSecond,
            options.FrameBytes,
            options.Seconds,
            options.CableMetres,
            options.Delay,
            options.Seed,
            [.. points.Select(PointOf)]),
        s_options) + "\n";

    private static Point PointOf(LoadPoint point) => new(
        point.Stations,
        point.Load,
        point.Offered,
        point.Sent,
        Rounded(point.Utilisation),
        Rounded(point.GoodputMegabits),
        Rounded(point.CollisionsPerFrame),
        point.Excessive,
        point.Late,
        point.QueueDrops,
        Rounded(point.LeastShare),
        Rounded(point.MostShare),
        Rounded(point.MeanAccessMicroseconds),
        Rounded(point.P99AccessMicroseconds));

    private static double Rounded(double value) => Math.Round(value, Digits);

    private sealed record Document(
        string Topology,
        long BitsPerSecond,
        int FrameBytes,
        double Seconds,
        double CableMetres,
        int CableBitTimes,
        ulong Seed,
        IReadOnlyList<Point> Points);

    private sealed record Point(
        int Stations,
        double? Load,
        long Offered,
        long Sent,
        double Utilisation,
        double GoodputMegabits,
        double CollisionsPerFrame,
        long Excessive,
        long Late,
        long QueueDrops,
        double LeastShare,
        double MostShare,
        double MeanAccessMicroseconds,
        double P99AccessMicroseconds);
}
