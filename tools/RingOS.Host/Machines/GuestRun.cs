// How a machine's run ended and what it said. Exit codes: RingOS.Abi.GuestExit. Next: ../Serial/SerialLine.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Abi;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Host.Machines;

/// <summary>How a run ended.</summary>
public enum GuestEnding
{
    /// <summary>The guest's program returned 0.</summary>
    Success,

    /// <summary>The guest's program returned another code.</summary>
    ProgramFailed,

    /// <summary>The guest's program was ended by a processor exception.</summary>
    ProgramFaulted,

    /// <summary>A bug in the kernel; its report is among the serial lines.</summary>
    Panicked,

    /// <summary>Command line or archive unusable; the reason is among the serial lines.</summary>
    BootFailed,

    /// <summary>The processor was reset, as after a triple fault, or the machine switched itself off.</summary>
    Reset,

    /// <summary>The deadline passed.</summary>
    Hung,

    /// <summary>QEMU itself failed, or ended with a code that means nothing here.</summary>
    MachineFailed,
}

/// <summary>A run of a machine, after its end.</summary>
public sealed record GuestRun
{
    private const int QuotedLines = 12;

    public required GuestEnding Ending { get; init; }

    /// <summary>What the program returned: 0 for success; 31 stands for 31 and more; null if it did not return.</summary>
    public int? ProgramCode { get; init; }

    /// <summary>QEMU's own exit code; 128 + n if signal n ended it.</summary>
    public int ExitCode { get; init; }

    /// <summary>Everything on the serial line, in order.</summary>
    public required IReadOnlyList<SerialLine> Lines { get; init; }

    /// <summary>What QEMU wrote to its standard error.</summary>
    public string MachineErrors { get; init; } = "";

    public TimeSpan Elapsed { get; init; }

    public bool Succeeded => Ending == GuestEnding.Success;

    /// <summary>The guest's log events.</summary>
    public IEnumerable<LogEvent> Events => Lines.Select(static line => line.Event).OfType<LogEvent>();

    /// <summary>What is not a log event: the program's own output, and the kernel's early lines and panic report.</summary>
    public string Output => string.Concat(Lines.Where(static line => line.Event is null).Select(static line => line.Text + "\n"));

    /// <summary>One line on how it ended.</summary>
    public string Summary => Ending switch
    {
        GuestEnding.Success => "the program returned 0",
        GuestEnding.ProgramFailed => string.Create(CultureInfo.InvariantCulture, $"the program returned {ProgramCode}"),
        GuestEnding.ProgramFaulted => "the program was ended by a processor exception",
        GuestEnding.Panicked => "the kernel panicked",
        GuestEnding.BootFailed => "the kernel could not use its command line or boot archive",
        GuestEnding.Reset => "the machine was reset without a report (a triple fault?)",
        GuestEnding.Hung => string.Create(CultureInfo.InvariantCulture,
            $"nothing ended within {Elapsed.TotalSeconds:0.#} s, so the machine was stopped"),
        _ when KvmWatch.ProblemIn(MachineErrors) is string problem => problem,
        _ => string.Create(CultureInfo.InvariantCulture, $"QEMU failed with exit code {ExitCode}: {LastLine.Of(MachineErrors) ?? "it gave no reason"}"),
    };

    /// <summary>The last serial lines, indented, for an error message.</summary>
    public string LastLines
    {
        get
        {
            List<string> last = [.. Lines.TakeLast(QuotedLines).Select(static line => "  | " + line.ForPeople)];
            return last.Count == 0 ? "  (nothing came out of the serial line)" : string.Join('\n', last);
        }
    }

    /// <summary>Returns this run if the program returned 0.</summary>
    /// <param name="what">Names the run in the error: "ring3".</param>
    /// <exception cref="RingOsException">It did not; the last serial lines are in the message.</exception>
    public GuestRun EnsureSuccess(string what)
        => Succeeded ? this : throw new RingOsException($"{what}: {Summary}; the serial line ended with\n{LastLines}");

    /// <summary>What QEMU's exit code says; v written to the debug port gives 2v+1.</summary>
    internal static (GuestEnding Ending, int? ProgramCode) Interpret(int exitCode)
    {
        if (exitCode == 0)
            return (GuestEnding.Reset, null);
        if (exitCode % 2 == 0 || exitCode > 255)
            return (GuestEnding.MachineFailed, null);
        const int LargestProgramCode = 31;
        int value = exitCode / 2;
        return (GuestExit)value switch
        {
            GuestExit.Panic => (GuestEnding.Panicked, null),
            GuestExit.BootFailed => (GuestEnding.BootFailed, null),
            GuestExit.Success => (GuestEnding.Success, 0),
            GuestExit.ProgramFaulted => (GuestEnding.ProgramFaulted, null),
            > GuestExit.ProgramFailed and <= GuestExit.ProgramFailed + LargestProgramCode
                => (GuestEnding.ProgramFailed, value - (int)GuestExit.ProgramFailed),
            _ => (GuestEnding.MachineFailed, null),
        };
    }
}
