// ringos hub: several guests on one half-duplex hub, and what became of every write(). Next: HubTable.cs
using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Hub;
using RingOS.Hub.Explain;
using RingOS.Hub.Report;

namespace RingOS.Cli;

/// <summary>The <c>hub</c> command.</summary>
internal static class HubCommand
{
    private static readonly HubOptions s_defaults = new();

    private static readonly Option<int> s_hosts = new("--hosts")
    {
        HelpName = "N",
        Description = $"Guests, 2 to {StationAddress.MostStations}; each sends to the next",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => s_defaults.Hosts,
    };

    private static readonly Option<string> s_rate = new("--rate")
    {
        HelpName = "RATE",
        Description = "What each host's iperf -b asks for in bits a second, as in 50m (k, m, g: 1000; K, M, G: 1024); 0: as fast as the kernel takes it",
        DefaultValueFactory = static _ => Rate.Format(s_defaults.BitsPerSecond),
    };

    private static readonly Option<int> s_speed = new("--speed")
    {
        HelpName = "10|100",
        Description = "Of the wire, in Mb/s",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => s_defaults.Megabits,
    };

    private static readonly Option<string> s_duplex = new("--duplex")
    {
        HelpName = "half|full",
        Description = "half: a hub; full: a switch",
        DefaultValueFactory = static _ => "half",
    };

    private static readonly Option<double> s_time = new("--time")
    {
        HelpName = "SECONDS",
        Description = "Simulated, for which each host sends, as in 2 or 0.5",
        CustomParser = Numbers.Decimal,
        DefaultValueFactory = static _ => s_defaults.Milliseconds / 1000.0,
    };

    private static readonly Option<string> s_placement = SharedOptions.Placement();

    private static readonly Option<string> s_completion = new("--completion")
    {
        HelpName = "WHEN",
        Description = "When write() answers: queued = at once, as in Linux; wait = when the NIC has reported, EIO for a lost frame; "
            + "next = at once, a loss is the next write's EIO",
        DefaultValueFactory = static _ => s_defaults.Completion,
    };

    private static readonly Option<string> s_fullQueue = new("--full-queue")
    {
        HelpName = "WHAT",
        Description = "What a full local queue does to write(): fail = ENOBUFS, block, again = EAGAIN",
        DefaultValueFactory = static _ => s_defaults.FullQueue,
    };

    private static readonly Option<int> s_cable = new("--cable")
    {
        HelpName = "METRES",
        Description = "From each host to the middle; beyond some 160 m at 100 Mb/s collisions come late",
        CustomParser = Numbers.Whole,
        DefaultValueFactory = static _ => s_defaults.CableMetres,
    };

    private static readonly Option<ulong> s_seed = new("--seed")
    {
        HelpName = "N",
        Description = "Same seed, same run, to the bit",
        CustomParser = Numbers.Seed,
        DefaultValueFactory = static _ => s_defaults.Seed,
    };

    private static readonly Option<FileInfo?> s_json = new("--json") { HelpName = "FILE", Description = "Also writes everything as JSON" };
    private static readonly Option<FileInfo?> s_html = new("--html") { HelpName = "FILE", Description = "Also writes a report, one self-contained page" };
    private static readonly Option<DirectoryInfo?> s_pcap = new("--pcap") { HelpName = "DIR", Description = "Captures what each host hears" };
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    public static Command Create()
    {
        s_placement.DefaultValueFactory = static _ => s_defaults.Placement;
        Command command = new("hub", "Several guests on one half-duplex hub: from a collision on the wire to a -1 in iperf")
        {
            s_hosts, s_rate, s_speed, s_duplex, s_time, s_placement, s_completion, s_fullQueue, s_cable, s_seed, s_json, s_html, s_pcap, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        HubOptions options = Options(parsed);
        options.Check();
        foreach (FileInfo? file in new[] { parsed.GetValue(s_json), parsed.GetValue(s_html) })
        {
            if (file is not null)
                AtomicFile.Check(file.FullName); // an impossible place is told before the work
        }
        string? pcap = parsed.GetValue(s_pcap)?.FullName;
        if (pcap is not null)
            HubCaptures.Check(options, pcap);
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), ToolUse.Boot, cancellation);
        using HubCaptures? captures = pcap is null ? null : new HubCaptures(options, pcap);
        HubResult result = await ExperimentAsync(options, captures, cancellation);
        HubTable.Write(Screen.Output, result);
        string document = HubJson.Format(result);
        if (parsed.GetValue(s_json) is { } json)
            AtomicFile.WriteAllText(json.FullName, document);
        KeepForExplain(document);
        if (parsed.GetValue(s_html) is { } html)
            AtomicFile.WriteAllText(html.FullName, HubReport.Format(result, await ExplainAsync(document, cancellation), await ToolVersions.CollectAsync(cancellation)));
        captures?.Commit();
        return Finish(result);
    }

    private static HubOptions Options(ParseResult parsed) => s_defaults with
    {
        Hosts = parsed.GetValue(s_hosts),
        BitsPerSecond = Rate.Parse(parsed.GetRequiredValue(s_rate)),
        Megabits = parsed.GetValue(s_speed),
        IsFullDuplex = parsed.GetRequiredValue(s_duplex) switch
        {
            "half" => false,
            "full" => true,
            string other => throw new RingOsException($"--duplex {other}: choose half or full", exitCode: 2),
        },
        Milliseconds = (int)Math.Clamp(parsed.GetValue(s_time) * 1000, 0, int.MaxValue),
        Placement = parsed.GetRequiredValue(s_placement),
        Completion = parsed.GetRequiredValue(s_completion),
        FullQueue = parsed.GetRequiredValue(s_fullQueue),
        CableMetres = parsed.GetValue(s_cable),
        Seed = parsed.GetValue(s_seed),
    };

    private static async Task<HubResult> ExperimentAsync(HubOptions options, HubCaptures? captures, CancellationToken cancellation)
    {
        using HubExperiment experiment = new(options, captures is null ? [] : [captures.Observer]);
        HubResult result = await experiment.RunAsync(cancellation);
        return result with { Qemu = Qemu.Chosen.Version.ToString() };
    }

    // A convenience: what the user asked for has been written, and a checkout that cannot be written to costs only this.
    private static void KeepForExplain(string document)
    {
        try
        {
            AtomicFile.WriteAllText(ExplainCommand.LastExperiment, document);
        }
        catch (RingOsException failure)
        {
            Console.Error.WriteLine($"ringos: ringos explain needs --from FILE with this experiment's --json: {failure.Message}");
        }
    }

    // The report follows the first write() that failed, if any did.
    private static async Task<Explanation?> ExplainAsync(string text, CancellationToken cancellation)
    {
        HubDocument document = HubJson.Parse(text, "the experiment");
        return document.Hosts.Any(static host => host.FailedWrites.Count > 0)
            ? await Explanation.OfAsync(FailureCase.First(document), Explanation.PlacementsFor(document.Options), cancellation)
            : null;
    }

    // What the other hosts found out has been shown and saved by now.
    private static int Finish(HubResult result)
    {
        string[] problems = [.. result.Hosts.Where(static host => host.Problem is not null).Select(static host => $"host {host.Number + 1}: {host.Problem}")];
        if (result.Trouble is not null)
            throw new RingOsException(string.Join('\n', [result.Trouble, .. problems]));
        return problems.Length == 0 ? 0 : throw new RingOsException(string.Join('\n', problems));
    }
}
