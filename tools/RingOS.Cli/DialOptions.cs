// --batch, --interrupts, --completion, --smep, --smap: the dials of `run`, `compare` and `trace`. Back to: SharedOptions.cs
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Cli;

/// <summary>The dials as options of one command.</summary>
internal sealed class DialOptions
{
    public Option<int> Batch { get; } = new("--batch")
    {
        HelpName = "N",
        CustomParser = Numbers.Whole,
        Description = $"Frames handed to the driver at a time, 1 to {Dials.MostBatch}",
        DefaultValueFactory = static _ => Dials.Headline.Batch,
    };

    public Option<string> Interrupts { get; } = new("--interrupts")
    {
        HelpName = "WORD",
        Description = "When the NIC interrupts: " + string.Join(", ", Dials.InterruptWords),
        DefaultValueFactory = static _ => Dials.Headline.Interrupts,
    };

    public Option<string> Completion { get; } = new("--completion")
    {
        HelpName = "WORD",
        Description = "When write() returns and what it can tell: " + string.Join(", ", Dials.CompletionWords),
        DefaultValueFactory = static _ => Dials.Headline.Completion,
    };

    public Option<string> Smep { get; } = Wall("--smep", "keeps the kernel from executing a program's pages");

    public Option<string> Smap { get; } = Wall("--smap", "keeps the kernel from touching a program's pages but in its copy routine");

    /// <summary>In the order in which help shows them.</summary>
    internal IReadOnlyList<Option> All => [Batch, Interrupts, Completion, Smep, Smap];

    private static Option<string> Wall(string name, string meaning) => new(name)
    {
        HelpName = "WORD",
        Description = $"Whether the processor {meaning}: {string.Join(", ", Dials.WallWords)}",
        DefaultValueFactory = static _ => Dials.WallWords[0],
    };

    /// <exception cref="RingOS.Host.RingOsException">The setting makes no sense.</exception>
    public Dials Read(ParseResult parsed)
        => new Dials(parsed.GetValue(Batch), parsed.GetRequiredValue(Interrupts), parsed.GetRequiredValue(Completion))
        {
            Smep = parsed.GetRequiredValue(Smep),
            Smap = parsed.GetRequiredValue(Smap),
        }.Checked();

    /// <summary>Whether somebody typed one of them.</summary>
    public bool AreGiven(ParseResult parsed)
        => All.Any(option => parsed.GetResult(option) is { Implicit: false });
}

/// <summary>A command with dials names them by one word.</summary>
internal static class DialOptionsOfCommand
{
    public static void Add(this Command command, DialOptions dials)
    {
        foreach (Option dial in dials.All)
            command.Add(dial);
    }
}
