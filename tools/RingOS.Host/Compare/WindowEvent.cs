// What the guest's iperf says of its own measured window: from the first to the last data datagram. Next: Measurement.cs
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Host.Compare;

/// <summary>The event that <c>iperf --json</c> ends with.</summary>
public sealed record WindowEvent
{
    private const string Template = "iperf window";

    /// <summary>Data datagrams handed to write(), less those it refused.</summary>
    public required long Datagrams { get; init; }

    public required long WriteErrors { get; init; }

    /// <summary>Time-stamp-counter ticks of the window; under icount one is one instruction.</summary>
    public required long WindowTicks { get; init; }

    /// <summary>Ticks of the window that the processor spent halted.</summary>
    public required long IdleTicks { get; init; }

    /// <summary>Of the time-stamp counter; 0 if the guest did not say.</summary>
    public required long TicksPerSecond { get; init; }

    /// <summary>Datagrams the server says it missed; null if it never answered.</summary>
    public required long? ServerLost { get; init; }

    public required EventCounts Counts { get; init; }

    /// <summary>Ticks of the window that the processor computed.</summary>
    public long BusyTicks => WindowTicks - IdleTicks;

    /// <summary><see cref="BusyTicks"/> for each datagram: instructions under icount, cycles on a processor.</summary>
    public double TicksPerDatagram => (double)BusyTicks / Datagrams;

    public double InstructionsPerDatagram => TicksPerDatagram;

    /// <summary>Datagrams a second by the guest's own clock; 0 if that is unknown.</summary>
    public double DatagramsPerSecond => TicksPerSecond > 0 && WindowTicks > 0 ? (double)Datagrams * TicksPerSecond / WindowTicks : 0;

    /// <summary>Finds the event in a run; null if the program never came so far.</summary>
    /// <exception cref="RingOsException">It lacks a number.</exception>
    public static WindowEvent? Find(GuestRun run) => run.Events.LastStartingWith(Template) is LogEvent found ? Read(found) : null;

    /// <summary>Finds the event in a run that succeeded.</summary>
    /// <param name="run">The run.</param>
    /// <param name="what">Names the run in errors.</param>
    /// <exception cref="RingOsException">It is not there, or the program sent nothing.</exception>
    public static WindowEvent Of(GuestRun run, string what)
    {
        WindowEvent window = Find(run)
            ?? throw new RingOsException(
                $"{what}: iperf ended without its \"{Template}\" event; the serial line ended with\n{run.LastLines}");
        return window.Datagrams > 0
            ? window
            : throw new RingOsException(
                $"{what}: iperf sent nothing ({window.WriteErrors} write errors); the serial line ended with\n{run.LastLines}");
    }

    private static WindowEvent Read(LogEvent found) => new()
    {
        Datagrams = found.RequiredNumber("Datagrams"),
        WriteErrors = found.RequiredNumber("WriteErrors"),
        WindowTicks = found.RequiredNumber("WindowTicks"),
        IdleTicks = found.RequiredNumber("IdleTicks"),
        TicksPerSecond = found.Number("TicksPerSecond") ?? 0,
        ServerLost = found.Number("ServerLost"),
        Counts = new EventCounts
        {
            RingCrossings = found.RequiredNumber("RingCrossings"),
            AddressSpaceSwitches = found.RequiredNumber("AddressSpaceSwitches"),
            ThreadSwitches = found.RequiredNumber("ThreadSwitches"),
            Messages = found.RequiredNumber("Messages"),
            Notifications = found.RequiredNumber("Notifications"),
            Interrupts = found.RequiredNumber("Interrupts"),
            CopiedBytes = found.RequiredNumber("CopiedBytes"),
            Syscalls = found.RequiredNumber("Syscalls"),
        },
    };
}

/// <summary>The kernel's counters over the window. See RingOS.Abi.KernelCounter.</summary>
public sealed record EventCounts
{
    public required long RingCrossings { get; init; }
    public required long AddressSpaceSwitches { get; init; }
    public required long ThreadSwitches { get; init; }
    public required long Messages { get; init; }
    public required long Notifications { get; init; }
    public required long Interrupts { get; init; }
    public required long CopiedBytes { get; init; }
    public required long Syscalls { get; init; }
}
