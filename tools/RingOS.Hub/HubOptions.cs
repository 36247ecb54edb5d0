// What to put on the medium and how long to watch it. Next: HubExperiment.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Serialization;
using RingOS.Ethernet;
using RingOS.Host;
using RingOS.Host.Machines;

namespace RingOS.Hub;

/// <summary>An experiment. Two with equal options are equal to the bit.</summary>
public sealed record HubOptions
{
    public const int DatagramBytes = 1470;

    /// <summary>
    /// The placement whose link goes by the clock: a thread looks into its queues every millisecond. In all others nothing but the
    /// program and the wire takes simulated time, so the wire is the same to the bit.
    /// </summary>
    public const string PlacementWithTicks = "ring3-queue";

    /// <summary>Memory of a guest, in MiB.</summary>
    public const int GuestMemoryMiB = 64;

    private const double NanosecondsPerMetre = 5; // of copper: two thirds of the speed of light
    private const int RepeaterBits = 92; // half of what a class II repeater may take, IEEE 802.3 table 27-2; the rest is in the cables

    /// <summary>2 to 32.</summary>
    public int Hosts { get; init; } = 4;

    /// <summary>iperf's -b for each host: bits a second of payload, 0 for as fast as the kernel takes it.</summary>
    public long BitsPerSecond { get; init; } = 50_000_000;

    /// <summary>10 or 100 Mb/s.</summary>
    public int Megabits { get; init; } = 100;

    /// <summary>A switch instead of a hub.</summary>
    public bool IsFullDuplex { get; init; }

    /// <summary>How long each host sends, in milliseconds of simulated time.</summary>
    public int Milliseconds { get; init; } = 2_000;

    public string Placement { get; init; } = "ring3";

    public string Completion { get; init; } = "queued";

    /// <summary>What a full queue does to a write(): fail, block or again.</summary>
    public string FullQueue { get; init; } = "fail";

    /// <summary>Cable from each host to the middle, in metres.</summary>
    public int CableMetres { get; init; } = 50;

    public ulong Seed { get; init; } = 1;

    /// <summary>Real time that a guest may compute without a pause before it counts as hung.</summary>
    [JsonIgnore]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The medium these options describe.</summary>
    public MediumOptions Medium
    {
        get
        {
            int delay = (int)Math.Round((CableMetres * NanosecondsPerMetre * Megabits / 1_000) + (IsFullDuplex ? 0 : RepeaterBits / 2.0));
            return MediumOptions.OfStations(Hosts, delay) with
            {
                BitsPerSecond = Megabits * 1_000_000L,
                Topology = IsFullDuplex ? Topology.Switch : Topology.Hub,
                Seed = Seed,
            };
        }
    }

    /// <summary>Datagrams a second that each host would like to send.</summary>
    public double DatagramRate => BitsPerSecond / (8.0 * DatagramBytes);

    /// <exception cref="RingOsException">Something is out of range; one line says what.</exception>
    public void Check()
    {
        Require(Hosts is >= 2 and <= StationAddress.MostStations, $"{Hosts} hosts: choose 2 to {StationAddress.MostStations}");
        Require(Megabits is 10 or 100, $"--speed {Megabits}: choose 10 or 100");
        Require(Milliseconds is >= 10 and <= 60_000, $"--time {Milliseconds / 1000.0}: choose 0.01 to 60 seconds");
        Require(BitsPerSecond is >= 0 and <= 1_000_000_000, $"--rate {BitsPerSecond}: choose 0 to 1000m");
        Require(CableMetres is >= 0 and <= 100_000, $"--cable {CableMetres}: choose 0 to 100000 metres");
        _ = Host.Machines.Placement.Named(Placement);
        RequireOneOf("--completion", Completion, "queued", "wait", "next");
        RequireOneOf("--full-queue", FullQueue, "fail", "block", "again");
    }

    /// <summary>What to type for this experiment.</summary>
    public string Command => Format($"./ringos hub --hosts {Hosts} --rate {Rate.Format(BitsPerSecond)} --speed {Megabits} ")
        + Format($"--duplex {(IsFullDuplex ? "full" : "half")} --time {Milliseconds / 1000.0} --placement {Placement} --completion {Completion} ")
        + Format($"--full-queue {FullQueue} --cable {CableMetres} --seed {Seed}");

    /// <summary>The kernel command line of a host.</summary>
    /// <param name="station">From 0.</param>
    /// <param name="startMicroseconds">Simulated time before it begins to send.</param>
    public string CommandLineOf(int station, int startMicroseconds)
        => CommandLineOf(station, startMicroseconds, Milliseconds, "linger=1000000");

    /// <summary>
    /// The same for a host that sends for a shorter time and ends at once. Its server stays: without one it would answer its neighbour's datagrams
    /// with ICMP messages, and the wire would be another.
    /// </summary>
    public string ShortCommandLineOf(int station, int startMicroseconds, int milliseconds)
        => CommandLineOf(station, startMicroseconds, milliseconds, "linger=0");

    private string CommandLineOf(int station, int startMicroseconds, int milliseconds, string linger)
    {
        IEnumerable<string> words =
        [
            "clock=simulated", $"placement={Placement}", "nic=bcm5721", $"completion={Completion}",
            $"address={StationAddress.IpOf(station)}", "also=iperf,-s,-u", linger, Format($"start={startMicroseconds}"), "--",
            "iperf", "-c", StationAddress.IpOf(StationAddress.PeerOf(station, Hosts)), "-u", "-b", Format($"{BitsPerSecond}"),
            "-t", Format($"{milliseconds / 1000.0}"), "--on-write-error", "continue", "--full-queue", FullQueue, "--json",
        ];
        return string.Join(' ', words);
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void RequireOneOf(string option, string value, params string[] words)
        => Require(words.Contains(value), $"{option} {value}: choose {string.Join(", ", words)}");

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new RingOsException(otherwise, exitCode: 2);
    }
}
