// Reads a fuzzer's serial line. What the guest prints: tests/Boot/Programs/Fuzz/FuzzReport.cs. Next: FuzzShrinker.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Abi;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Host.Fuzz;

/// <summary>Says what a run did, and whether anything in it must not be.</summary>
public static class FuzzVerdict
{
    private const string PanicMark = "KERNEL PANIC: ";
    private static readonly string[] s_entries = ["syscall", "int 0x80", "call gate"];

    public static FuzzOutcome Of(GuestRun run)
    {
        List<LogEvent> events = [.. run.Events];
        return new FuzzOutcome
        {
            Failure = FailureOf(run, events),
            Calls = Starting(events, "fuzz process {Process} made").Sum(static done => done.Number("Calls") ?? 0),
            Digest = Starting(events, "fuzz process {Process} made").Aggregate(17L, static (sum, done) => unchecked((sum * 31) + (done.Number("Digest") ?? 0))),
            Answers = [.. Starting(events, "fuzz tally:").Select(static line => new AnswerCount(
                (int)line.RequiredNumber("Number"), (int)line.RequiredNumber("Status"), line.RequiredNumber("Count")))],
            Trace = [.. Starting(events, "fuzz call:").Select(Describe)],
        };
    }

    private static FuzzFailure? FailureOf(GuestRun run, List<LogEvent> events)
    {
        if (run.Lines.FirstOrDefault(static line => line.Text.StartsWith(PanicMark, StringComparison.Ordinal)) is { } panic)
            return new FuzzFailure("panic", panic.Text + "\n" + run.LastLines);
        if (Starting(events, "fuzz found:").FirstOrDefault() is { } found)
            return new FuzzFailure("found " + found.Word("What"), $"{Describe(found)}; {Results(found)}");
        if (Starting(events, "the NIC has lost its driver").FirstOrDefault() is { } lost)
            return new FuzzFailure("driver lost", lost.RenderMessage(CultureInfo.InvariantCulture));
        if (Starting(events, "network service missed").FirstOrDefault() is { } silent)
            return new FuzzFailure("network service lost", silent.RenderMessage(CultureInfo.InvariantCulture));
        // A process that wants to be ended by the processor says so before: way 0 is exit().
        int wanted = Starting(events, "fuzz process {Process} ends by").Count(static end => end.Number("Way") != 0);
        List<LogEvent> faults = [.. Starting(events, "process {Name} ended by")];
        if (faults.Count != wanted && run.Ending != GuestEnding.Hung)
            return new FuzzFailure("unexpected fault", $"{wanted} processes wanted to be ended by the processor, {faults.Count} were\n{run.LastLines}");
        if (Starting(events, "fuzz book:").FirstOrDefault(static book => book.Number("Expected") != book.Number("Actual")) is { } book)
            return new FuzzFailure("unbalanced " + book.Word("Book"), book.RenderMessage(CultureInfo.InvariantCulture));
        bool isBalanced = Starting(events, "fuzz books are balanced").Any();
        return run.Succeeded && isBalanced ? null : new FuzzFailure(run.Ending.ToString(), $"{run.Summary}\n{run.LastLines}");
    }

    private static IEnumerable<LogEvent> Starting(List<LogEvent> events, string template)
        => events.Where(line => line.MessageTemplate.Text.StartsWith(template, StringComparison.Ordinal));

    private static string Describe(LogEvent call)
    {
        string name = call.Properties["Number"] is ScalarValue { Value: long number and >= 0 and <= (long)SyscallNumber.ReplyReceive }
            && Enum.IsDefined((SyscallNumber)(int)number)
            ? ((SyscallNumber)(int)number).ToString()
            : "number " + Hexadecimal(call, "Number");
        string arguments = string.Join(", ", new[] { "Rdi", "Rsi", "Rdx", "R10", "R8", "R9" }.Select(register => Hexadecimal(call, register)));
        return $"process {call.Number("Process")}, call {call.Number("Call")}: {name}({arguments}) by {s_entries[(int)(call.Number("Entry") ?? 0)]}";
    }

    private static string Results(LogEvent call)
        => string.Join(", ", call.Properties.Keys.Where(static name => name.StartsWith("Result", StringComparison.Ordinal) || name == "Broken")
            .Select(name => $"{name} {Hexadecimal(call, name)}"));

    private static string Hexadecimal(LogEvent call, string property) => call.Properties.GetValueOrDefault(property) switch
    {
        ScalarValue { Value: long number } => "0x" + number.ToString("x", CultureInfo.InvariantCulture),
        ScalarValue { Value: ulong number } => "0x" + number.ToString("x", CultureInfo.InvariantCulture),
        _ => "?",
    };
}
