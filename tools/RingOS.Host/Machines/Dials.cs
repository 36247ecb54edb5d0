// What can be set independently of the placement: batch, interrupts, completion, and the processor's walls. Words: RingOS.Abi.BootProtocol. Next: NicModel.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Machines;

/// <summary>A setting of the dials. Placements are compared only within one, or batching is mistaken for isolation.</summary>
/// <param name="Batch">Frames handed to the driver at a time, 1 to <see cref="MostBatch"/>.</param>
/// <param name="Interrupts">A word of <see cref="InterruptWords"/>.</param>
/// <param name="Completion">A word of <see cref="CompletionWords"/>.</param>
public sealed record Dials(int Batch, string Interrupts, string Completion)
{
    public const int MostBatch = 32;

    /// <summary>The NIC holds interrupts back.</summary>
    public const string Moderated = "moderated";

    /// <summary>An interrupt a frame; held back by NIC and driver; none, the driver is asked.</summary>
    public static readonly IReadOnlyList<string> InterruptWords = ["frame", Moderated, "poll"];

    /// <summary>When <c>write()</c> returns: once queued; once the NIC is done; once queued, with the last loss as its error.</summary>
    public static readonly IReadOnlyList<string> CompletionWords = ["queued", "wait", "next"];

    /// <summary>One frame a request, an interrupt a frame: what the kernel does if it is told nothing.</summary>
    public static readonly Dials Headline = new(1, "frame", "queued");

    /// <summary>Many frames a request, few interrupts: what a fast driver does.</summary>
    public static readonly Dials Batches = new(MostBatch, Moderated, "queued");

    /// <summary>The kernel's words that say so; empty for <see cref="Headline"/>, its defaults.</summary>
    public IEnumerable<string> Words
        => All.Zip(Headline.All).Where(static pair => pair.First != pair.Second).Select(static pair => pair.First).Concat(Walls);

    /// <summary>Whether the processor keeps the kernel from executing a program's pages: a word of <see cref="WallWords"/>.</summary>
    public string Smep { get; init; } = "on";

    /// <summary>Whether it keeps the kernel from touching them by mistake; <c>stac</c> and <c>clac</c> are used only then.</summary>
    public string Smap { get; init; } = "on";

    /// <summary>On where the processor can; off, to see what they stop, or for an emulator that lacks their instructions.</summary>
    public static readonly IReadOnlyList<string> WallWords = ["on", "off"];

    private IEnumerable<string> Walls
        => new[] { $"smep={Smep}", $"smap={Smap}" }.Where(static word => !word.EndsWith("=on", StringComparison.Ordinal));

    private string[] All => [$"batch={Batch}", $"interrupts={Interrupts}", $"completion={Completion}"];

    /// <summary>"batch=1 interrupts=frame completion=queued", and the walls that are off.</summary>
    public override string ToString() => string.Join(' ', All.Concat(Walls));

    /// <summary>Returns this setting if it makes sense.</summary>
    /// <exception cref="RingOsException">It does not; the message says why.</exception>
    public Dials Checked()
    {
        if (Batch is < 1 or > MostBatch)
            throw Refused($"a batch of {Batch} frames is not possible; give 1 to {MostBatch}");
        RequireWord("interrupts", Interrupts, InterruptWords);
        RequireWord("completion", Completion, CompletionWords);
        RequireWord("smep", Smep, WallWords);
        RequireWord("smap", Smap, WallWords);
        if (Batch > 1 && Completion == "wait")
            throw Refused($"batch={Batch} with completion=wait makes no sense: write() would wait until its frame is sent, "
                + "and the frame until its batch is full; give batch=1, or completion=queued or next");
        return this;
    }

    private static void RequireWord(string dial, string word, IReadOnlyList<string> words)
    {
        if (!words.Contains(word))
            throw Refused($"{dial}={word} is unknown; there is: {string.Join(", ", words)}");
    }

    private static RingOsException Refused(string message) => new(message, exitCode: 2);
}
