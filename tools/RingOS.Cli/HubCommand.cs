// ringos hub: four guests, one wire. Next: ExplainCommand.cs
using System;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Hub;

namespace RingOS.Cli;

/// <summary>The <c>hub</c> command.</summary>
internal static class HubCommand
{
    private static readonly Option<int> s_hosts = new("--hosts") { DefaultValueFactory = static _ => 4 };
    private static readonly Option<int> s_time = new("--time") { DefaultValueFactory = static _ => 2000 };
    private static readonly Option<string> s_placement = new("--placement") { DefaultValueFactory = static _ => "ring3" };
    private static readonly Option<string> s_completion = new("--completion") { DefaultValueFactory = static _ => "queued" };
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    public static Command Create()
    {
        Command command = new("hub", "Several guests on one half-duplex hub") { s_hosts, s_time, s_placement, s_completion, s_noBuild };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        HubOptions options = new() { Hosts = parsed.GetValue(s_hosts), Milliseconds = parsed.GetValue(s_time), Placement = parsed.GetRequiredValue(s_placement), Completion = parsed.GetRequiredValue(s_completion), Patience = TimeSpan.FromSeconds(30) };
        options.Check();
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), cancellation);
        using HubExperiment experiment = new(options) { Prepare = static (n, m) => n == 0 && Environment.GetEnvironmentVariable("PXGDB") is not null ? m with { ExtraArguments = ["-gdb", "tcp:127.0.0.1:1234"] } : m };
        HubResult result = await experiment.RunAsync(cancellation);
        Console.WriteLine($"{result.TraceHash} {result.Trouble} frames {result.Frames.Count} util {result.Medium.Utilisation}");
        foreach (HostRun host in result.Hosts)
        {
            Console.WriteLine($"{host.Number}: {host.Problem} {host.Report?.Written} lost {result.LostOf(host.Number).Count()} delivered {result.DeliveredOf(host.Number)}");
            if (host.Run is not null)
                Console.WriteLine(string.Join('\n', host.Run.Lines.TakeLast(30).Select(l => "   " + l.ForPeople)));
        }
        return 0;
    }
}
