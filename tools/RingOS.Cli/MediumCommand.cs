// ringos medium: the simulated Ethernet alone, from one station to many. Next: MediumTable.cs
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Ethernet;
using RingOS.Host;
using RingOS.Host.Compare;

namespace RingOS.Cli;

/// <summary>The <c>medium</c> command.</summary>
internal static class MediumCommand
{
    private const long BitsPerMegabit = 1_000_000;
    private static readonly LoadOptions s_defaults = new();

    private static readonly Option<string> s_stations = new("--stations")
    {
        HelpName = "N,N,...",
        Description = "Numbers of stations, each a row",
        DefaultValueFactory = static _ => string.Join(',', s_defaults.Stations),
    };

    private static readonly Option<int> s_speed = new("--speed")
    {
        HelpName = "10|100",
        Description = "Mb/s",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => (int)(s_defaults.BitsPerSecond / BitsPerMegabit),
    };

    private static readonly Option<string> s_topology = new("--topology")
    {
        HelpName = "hub|switch",
        Description = "Half duplex on a hub, or full duplex on a switch for contrast",
        DefaultValueFactory = static _ => "hub",
    };

    private static readonly Option<int> s_length = new("--length")
    {
        HelpName = "BYTES",
        Description = "Of a frame with header and check sequence, 64 to 1518",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => s_defaults.FrameBytes,
    };

    private static readonly Option<double> s_time = new("--time")
    {
        HelpName = "SECONDS",
        Description = "Simulated, for each row",
        CustomParser = Numbers.Decimal,
        DefaultValueFactory = static _ => s_defaults.Seconds,
    };

    private static readonly Option<ulong> s_seed = new("--seed")
    {
        HelpName = "N",
        Description = "Same seed, same figures",
        CustomParser = Numbers.Seed,
        DefaultValueFactory = static _ => s_defaults.Seed,
    };

    private static readonly Option<double> s_cable = new("--cable")
    {
        HelpName = "METRES",
        CustomParser = Numbers.Decimal,
        Description = "From each station to the middle; on a hub, beyond some 220 m at 100 Mb/s collisions come late",
        DefaultValueFactory = static _ => s_defaults.CableMetres,
    };

    private static readonly Option<string?> s_load = new("--load")
    {
        HelpName = "X,X,...",
        Description = "Offered by all stations together, as shares of the bit rate; if not given, all always have another frame",
    };

    private static readonly Option<FileInfo?> s_json = new("--json") { HelpName = "FILE", Description = "Also writes everything as JSON" };

    public static Command Create()
    {
        Command command = new("medium", "Simulates Ethernet alone: what a hub or a switch carries, and who gets it")
        {
            s_stations, s_speed, s_topology, s_length, s_time, s_seed, s_cable, s_load, s_json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        LoadOptions options = Options(parsed);
        FileInfo? json = parsed.GetValue(s_json);
        if (json is not null)
            AtomicFile.Check(json.FullName); // an impossible place is told before the work
        LoadSweep sweep = Sweep(options);
        List<LoadPoint> points = await ProgressBar.WatchAsync(
            onStep => Task.Run(() => RunAll(options, sweep, onStep, cancellation), cancellation));
        MediumTable.Write(Screen.Output, options, points);
        if (json is not null)
            AtomicFile.WriteAllText(json.FullName, LoadSweepJson.Format(options, points));
        return 0;
    }

    private static LoadOptions Options(ParseResult parsed) => s_defaults with
    {
        Stations = [.. Items(parsed.GetRequiredValue(s_stations)).Select(static item => (int)Number(item, "--stations", isWhole: true))],
        Loads = [.. Items(parsed.GetValue(s_load) ?? "").Select(static item => Number(item, "--load", isWhole: false))],
        BitsPerSecond = parsed.GetValue(s_speed) * BitsPerMegabit,
        Topology = TopologyNamed(parsed.GetRequiredValue(s_topology)),
        FrameBytes = parsed.GetValue(s_length),
        Seconds = parsed.GetValue(s_time),
        Seed = parsed.GetValue(s_seed),
        CableMetres = parsed.GetValue(s_cable),
    };

    private static LoadSweep Sweep(LoadOptions options)
    {
        try
        {
            return new LoadSweep(options);
        }
        catch (ArgumentException impossible)
        {
            throw new RingOsException(impossible.Message, exitCode: 2);
        }
    }

    private static List<LoadPoint> RunAll(
        LoadOptions options, LoadSweep sweep, Action<ComparisonStep> onStep, CancellationToken cancellation)
    {
        List<LoadPoint> points = [];
        int total = options.Stations.Count * Math.Max(1, options.Loads.Count);
        onStep(new ComparisonStep(0, total, "simulating"));
        foreach (LoadPoint point in sweep.Run(cancellation))
        {
            points.Add(point);
            onStep(new ComparisonStep(points.Count, total, $"{point.Stations} stations done"));
        }
        return points;
    }

    private static string[] Items(string list)
        => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Number(string item, string option, bool isWhole)
    {
        NumberStyles style = isWhole ? NumberStyles.None : NumberStyles.AllowDecimalPoint;
        return double.TryParse(item, style, CultureInfo.InvariantCulture, out double number) && number < int.MaxValue
            ? number
            : throw new RingOsException($"{option} takes numbers with commas between; '{item}' is none", exitCode: 2);
    }

    private static Topology TopologyNamed(string name) => name switch
    {
        "hub" => Topology.Hub,
        "switch" => Topology.Switch,
        _ => throw new RingOsException($"there is no topology '{name}': choose hub or switch", exitCode: 2),
    };
}
