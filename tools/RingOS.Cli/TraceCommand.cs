// ringos trace: follows one write() from the program to the wire and back. Next: TimelineTable.cs
using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using RingOS.Host.Tracing;
using Serilog.Core;
using Serilog.Events;

namespace RingOS.Cli;

/// <summary>The <c>trace</c> command.</summary>
internal static class TraceCommand
{
    private static readonly Option<string> s_placement = SharedOptions.Placement();
    private static readonly Option<string> s_nic = SharedOptions.Nic();
    private static readonly Option<string> s_io = SharedOptions.Io();
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    private static readonly Option<int?> s_write = new("--write")
    {
        HelpName = "N",
        Description = "Which write() of the run, from 1; one in the middle if not given",
        CustomParser = Numbers.OptionalWhole,
    };

    private static readonly DialOptions s_dials = new();

    private static readonly Option<FileInfo?> s_out = new("--out")
    {
        HelpName = "FILE",
        Description = "Also writes the timeline for ui.perfetto.dev or chrome://tracing; 1 us there is 1 instruction",
    };

    private static readonly Option<bool> s_profile = new("--profile") { Description = "Also shows the instructions of every method" };

    public static Command Create()
    {
        Command command = new("trace", "Follows one write() end to end, instruction by instruction, and shows its timeline")
        {
            s_placement, s_nic, s_io, s_write, s_dials, s_out, s_profile, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        TracedWriteOptions options = Options(parsed);
        string? file = parsed.GetValue(s_out)?.FullName;
        if (file is not null)
            AtomicFile.Check(file); // an impossible place is told before the work
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), ToolUse.Boot, cancellation);
        TracedWrite? write = null;
        using Logger log = Logs.Create(LogEventLevel.Warning);
        await Preparation.WithStatusAsync("tracing",
            async () => write = await TracedWrite.RunAsync(options, line => LogQuietly(line, log), cancellation));
        TimelineTable.Write(Screen.Output, write!);
        if (parsed.GetValue(s_profile))
            TimelineTable.WriteProfile(Screen.Output, write!.Timeline, everything: Console.IsOutputRedirected);
        if (file is not null)
            AtomicFile.WriteAllText(file, ChromeTrace.Format(write!));
        return 0;
    }

    private static TracedWriteOptions Options(ParseResult parsed)
    {
        Placement placement = Placement.Named(parsed.GetRequiredValue(s_placement));
        NicModel nic = NicModel.Named(parsed.GetRequiredValue(s_nic));
        return new TracedWriteOptions(placement, nic.Name, s_dials.Read(parsed), parsed.GetValue(s_write))
        {
            Io = parsed.GetRequiredValue(s_io),
        }.Checked();
    }

    private static void LogQuietly(SerialLine line, Logger log)
    {
        if (line.Event is { Level: >= LogEventLevel.Warning } loud)
            log.Write(loud);
        else
            log.Verbose("{SerialLine}", line.Text);
    }
}
