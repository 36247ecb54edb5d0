// ringos explain: one failed write() of the hub experiment, from the program to the wire and back. Next: ExplainScreen.cs
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Hub;
using RingOS.Hub.Explain;

namespace RingOS.Cli;

/// <summary>The <c>explain</c> command.</summary>
internal static class ExplainCommand
{
    private static readonly Option<int?> s_host = new("--host") { HelpName = "H", Description = "Of the experiment, from 1", CustomParser = Numbers.OptionalWhole };
    private static readonly Option<long?> s_write = new("--write")
    {
        HelpName = "N",
        Description = "The number of its write(), from 1",
        CustomParser = Numbers.OptionalLong,
    };

    private static readonly Option<bool> s_first = new("--first-failure") { Description = "The first write() that failed for a lost frame (default)" };
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    private static readonly Option<FileInfo?> s_from = new("--from")
    {
        HelpName = "FILE",
        Description = "An experiment written by ringos hub --json; if not given, the last one",
    };

    /// <summary>What ringos hub leaves for this command.</summary>
    public static string LastExperiment => Path.Combine(Repository.Artifacts, "hub", "last.json");

    public static Command Create()
    {
        Command command = new("explain", "Follows one failed write() of the last ringos hub: program, kernel, driver, wire, counter, interrupt, -1")
        {
            s_host, s_write, s_first, s_from, s_noBuild,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        int? host = parsed.GetValue(s_host);
        long? write = parsed.GetValue(s_write);
        if (host is null != write is null || (host is not null && parsed.GetValue(s_first)))
            throw new RingOsException("give --host and --write together, or --first-failure alone", exitCode: 2);
        HubDocument document = HubJson.Read(parsed.GetValue(s_from)?.FullName ?? LastExperiment);
        document.Options.Check();
        FailureCase failure = host is null ? FailureCase.First(document) : FailureCase.Of(document, host.Value, write!.Value);
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), ToolUse.Boot, cancellation);
        Explanation explanation = await Explanation.OfAsync(failure, Explanation.PlacementsFor(document.Options), cancellation);
        ExplainScreen.Write(Screen.Output, explanation);
        return 0;
    }
}
