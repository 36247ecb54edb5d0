// From what a machine said and how it ended to the outcome of its fault. Back to: FaultLaboratory.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Host.Faults;

/// <summary>Looks at a run, never at the expectation.</summary>
public static class FaultClassifier
{
    private const string PanicStart = "KERNEL PANIC: ";
    private const string WindowStart = "iperf window";
    private const string RestartStart = "driver {Reason}: restart";

    // What the kernel says of itself before it ends: kernel/diagnostics.
    private static readonly string[] s_corruptionStarts = ["the canary is dead", "CR0 write protection is off"];
    private static readonly string[] s_lossStarts = ["driver {Reason}: given up", "the NIC has lost its driver"];

    /// <summary>Says what became of the system.</summary>
    /// <param name="run">The machine's run.</param>
    /// <param name="options">What it was told to do.</param>
    /// <param name="received">Different datagrams that reached the server; 0 if iperf never finished with it.</param>
    /// <returns>A word of <see cref="Outcome"/>, and what was seen.</returns>
    public static (string Outcome, string Detail) Classify(GuestRun run, FaultOptions options, long received) => run.Ending switch
    {
        GuestEnding.Panicked => (Outcome.Panic, PanicOf(run)),
        GuestEnding.Hung when IsAliveAfterLoss(run) => (Outcome.NoNic, Join(CauseOf(run), "iperf still tries")),
        GuestEnding.Hung => (Outcome.Hang, $"no end within {Number(options.Deadline.TotalSeconds)} s"),
        GuestEnding.Reset => (Outcome.Reset, run.Summary),
        GuestEnding.BootFailed or GuestEnding.MachineFailed => (Outcome.NotStarted, LastWordOf(run)),
        _ => ClassifyEnded(run, options, received),
    };

    private static (string Outcome, string Detail) ClassifyEnded(GuestRun run, FaultOptions options, long received)
    {
        if (Find(run, s_corruptionStarts) is { } corruption)
            return (Outcome.SilentCorruption, corruption.RenderMessage(CultureInfo.InvariantCulture));
        string detail = Join(CauseOf(run), EffectOf(run, options, received));
        // More than were sent before the fault: so some were sent after it.
        bool flowsAgain = run.Succeeded && received > options.FaultyFrame;
        if (Find(run, RestartStart) is not null && flowsAgain)
            return (Outcome.Restarted, detail);
        return Find(run, [RestartStart, .. s_lossStarts]) is not null ? (Outcome.NoNic, detail) : (Outcome.NoEffect, detail);
    }

    // A program that prints after the network is gone has a kernel below it that answers.
    private static bool IsAliveAfterLoss(GuestRun run)
        => run.Lines.SkipWhile(static line => !IsLoss(line)).Any(static line => line.Event is null && line.Text.Length > 0);

    private static bool IsLoss(SerialLine line)
        => line.Event is { } said && s_lossStarts.Any(start => said.MessageTemplate.Text.StartsWith(start, StringComparison.Ordinal));

    // Who noticed, and what: the processor, a check of the library, or the watchdog.
    private static string CauseOf(GuestRun run)
    {
        if (run.Events.FirstOrDefault(static guestEvent => guestEvent.Number("Vector") is not null) is { } fault)
        {
            string where = fault.Number("Ring") is long ring ? string.Create(CultureInfo.InvariantCulture, $" in ring {ring}") : "";
            return string.Create(CultureInfo.InvariantCulture, $"{fault.Word("Exception")}, error 0x{fault.Number("ErrorCode"):x}{where}");
        }
        LogEvent? loud = run.Events.FirstOrDefault(static guestEvent => guestEvent.Level >= LogEventLevel.Error)
            ?? Find(run, RestartStart);
        return loud?.RenderMessage(CultureInfo.InvariantCulture).Replace("\"", "", StringComparison.Ordinal) ?? "";
    }

    private static string EffectOf(GuestRun run, FaultOptions options, long received)
    {
        if (run.Events.LastStartingWith(WindowStart) is not { } window)
            return "iperf did not finish";
        long lost = (window.Number("Datagrams") ?? options.Count) - received;
        string effect = $"{Number(lost)} datagrams lost";
        if (window.Number("OutageDatagrams") is long writes && window.Number("OutageTicks") is long ticks)
            effect = Join(effect, $"{Number(writes)} writes refused in {Number(ticks)} ticks");
        return run.Events.Select(static guestEvent => guestEvent.Number("Aborted")).LastOrDefault(static number => number is not null) is long aborted
            ? Join(effect, $"{Number(aborted)} packets aborted")
            : effect;
    }

    private static string PanicOf(GuestRun run)
        => run.Lines.Select(static line => line.Text).FirstOrDefault(static line => line.StartsWith(PanicStart, StringComparison.Ordinal))
            is { } line ? line[PanicStart.Length..] : run.Summary;

    private static string LastWordOf(GuestRun run)
        => run.Events.LastOrDefault(static guestEvent => guestEvent.Level >= LogEventLevel.Error)?.RenderMessage(CultureInfo.InvariantCulture)
            ?? run.Summary;

    private static LogEvent? Find(GuestRun run, params string[] starts)
        => starts.Select(run.Events.LastStartingWith).FirstOrDefault(static found => found is not null);

    private static string Join(params string[] parts) => string.Join("; ", parts.Where(static part => part.Length > 0));

    private static string Number(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
