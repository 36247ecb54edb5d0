// What a sweep over numbers of stations and loads is made of. Next: LoadSweep.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Ethernet;

/// <summary>Every combination of a number of stations and a load is run by itself.</summary>
public sealed record LoadOptions
{
    private const double SpeedOfSignal = 1.77e8; // metres a second in category 5 cable, about .59 c
    private const double MostMetres = 100_000;
    private const double MostSeconds = 3600;
    private const double MostLoad = 1000;
    private const int Overhead = Frame.HeaderBytes + Frame.CheckSequenceBytes;

    /// <summary>Numbers of stations.</summary>
    public IReadOnlyList<int> Stations { get; init; } = [1, 2, 4, 8, 16, 32];

    /// <summary>Offered by all stations together, as a share of the bit rate; none: every station always has another frame.</summary>
    public IReadOnlyList<double> Loads { get; init; } = [];

    /// <summary>10,000,000 or 100,000,000.</summary>
    public long BitsPerSecond { get; init; } = 100_000_000;

    public Topology Topology { get; init; } = Topology.Hub;

    /// <summary>From destination address to check sequence.</summary>
    public int FrameBytes { get; init; } = 1518;

    /// <summary>Simulated.</summary>
    public double Seconds { get; init; } = 2;

    public ulong Seed { get; init; } = 1;

    /// <summary>From each station to the middle.</summary>
    public double CableMetres { get; init; } = 10;

    /// <summary>Frames that wait in a station for its MAC; more are dropped. Matters only with a load.</summary>
    public int QueueFrames { get; init; } = 100;

    /// <summary>Of a frame.</summary>
    public int PayloadBytes => FrameBytes - Overhead;

    /// <summary>Bit times along one cable.</summary>
    public int Delay => CableBitTimes ?? (int)Math.Round(CableMetres / SpeedOfSignal * BitsPerSecond);

    /// <summary>The same said outright, with what a repeater adds; null: as long as the cable's metres take.</summary>
    public int? CableBitTimes { get; init; }

    public long Duration => (long)(Seconds * BitsPerSecond);

    /// <summary>The medium of one run.</summary>
    public MediumOptions MediumOf(int stations) => MediumOptions.OfStations(stations, Delay) with
    {
        BitsPerSecond = BitsPerSecond,
        Topology = Topology,
        Seed = Seed,
    };

    /// <exception cref="ArgumentException">The sweep cannot be: the message says why, in a line.</exception>
    public void Check()
    {
        Require(Stations.Count > 0, "no number of stations: give at least one");
        Require(
            Loads.All(static load => load is > 0 and <= MostLoad),
            $"a load is a share of the bit rate, above 0 and at most {MostLoad}");
        Require(Seconds is > 0 and <= MostSeconds, $"a time of {Seconds} s: choose above 0 to {MostSeconds}");
        Require(CableMetres is >= 0 and <= MostMetres, $"cables of {CableMetres} m: choose 0 to {MostMetres}");
        Require(
            FrameBytes is >= Frame.PaddedBytes + Frame.CheckSequenceBytes and <= Frame.MostBytes + Frame.CheckSequenceBytes,
            $"frames of {FrameBytes} bytes: with header and check sequence they have 64 to 1518");
        Require(QueueFrames >= 0, $"a queue of {QueueFrames} frames: choose 0 or more");
        foreach (int stations in Stations)
            MediumOf(stations).Check();
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new ArgumentException(otherwise);
    }
}
