// Why the instrument has no result, in a sentence each. Back to: MachineInstrument.cs
using System;
using System.Linq;
using RingOS.Host.Machines;
using RingOS.Instrument;

namespace RingOS.Host.Instrumentation;

/// <summary>What QEMU 7.2 to 10.0 say when they do not take a plugin, and what the instrument itself reports.</summary>
internal static class InstrumentProblem
{
    private const string Rebuild = "rebuild it with: ./ringos build";

    // The first that QEMU's message contains.
    private static readonly (string Mark, string Sentence)[] s_refusals =
    [
        ("plugin interface not enabled", "this QEMU was built without plugins, so nothing can be counted with it; use a distribution's (Debian's has them)"),
        ("-plugin: invalid option", "this QEMU was built without plugins, so nothing can be counted with it; use a distribution's (Debian's has them)"),
        ("requires API version", "this QEMU's plugin interface is none of those that the instrument knows, 1 (QEMU 7.2 to 8.2) and 2 (from 9.0)"),
        ("returned error code 2", $"the instrument was built from other sources than this tool; {Rebuild}"),
        ("returned error code 1", "QEMU could not reach the memory that the instrument writes to; it must run as the same user"),
        ("Could not load plugin", $"QEMU could not load the instrument; {Rebuild}"),
    ];

    public static RingOsException NotLoaded(GuestRun run)
    {
        string said = LastLine.Of(run.MachineErrors) ?? "";
        (string Mark, string Sentence) refusal = s_refusals.FirstOrDefault(known => said.Contains(known.Mark, StringComparison.OrdinalIgnoreCase));
        return new RingOsException(refusal.Sentence is null ? $"QEMU ended before it started the machine: {run.Summary}" : $"{refusal.Sentence} (QEMU: {said})");
    }

    /// <exception cref="RingOsException">The results are not whole.</exception>
    public static void Check(in SharedHeader header, string what)
    {
        if (header.Magic != SharedHeader.MagicValue || header.Version != SharedHeader.CurrentVersion || !IsSound(header))
            throw Damaged(what);
        if (header.Failure != InstrumentFailure.None)
            throw new RingOsException($"{what}: {SentenceOf(header.Failure)}");
        if (header.State != InstrumentState.Ended)
            throw new RingOsException($"{what}: QEMU ended before the instrument had kept its results; run it again");
        if (header.WindowsOpened != header.WindowsClosed)
            throw new RingOsException($"{what}: the program marked the beginning of its measured window but not the end: it failed on the way");
    }

    public static RingOsException Damaged(string what) => new($"{what}: what the instrument left is damaged; run it again, and if that does not help, {Rebuild}");

    private static bool IsSound(in SharedHeader header)
        => new[] { header.Images, header.Ranges, header.Slots, header.Addresses, header.Results, header.Helpers, header.Series }
            .All(static area => area.Count <= area.Capacity && area.Capacity <= int.MaxValue)
            && header.Results.Count <= header.Addresses.Count && header.RecordedInWindow <= header.Series.Count;

    private static string SentenceOf(InstrumentFailure failure) => failure switch
    {
        InstrumentFailure.TooManyAddresses => "the run executed more different instructions than the instrument has counters for",
        InstrumentFailure.TooManySlots => "more processes ran than the instrument has room for",
        InstrumentFailure.RecordingFull => "the run is longer than what the instrument can write down; follow an earlier write()",
        InstrumentFailure.TooManyProcessors => "the instrument counts machines with one processor only",
        _ => $"the instrument gave up for an unknown reason ({(ulong)failure}); {Rebuild}",
    };
}
