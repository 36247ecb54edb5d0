// Makes a layer profile of a counted run; leaves the counting to RingOS.Trace. Next: Comparison.cs
using System;
using System.Linq;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;

namespace RingOS.Host.Compare;

/// <summary>Profiles runs of iperf, and checks them against what the guest itself counted.</summary>
public static class CountProfiler
{
    public const string Application = "iperf";

    // The kernel's counters are read by system calls on both sides of the window, which they count too.
    private const int MostOfReading = 16;

    private static readonly string[] s_faultsWithoutTick = ["isr_0", "isr_14"]; // divide error, page fault

    private const string Copy = "copy_user";
    private const int MostLeftOver = 7; // bytes that fill no word

    /// <summary>The profile of a run that has ended.</summary>
    /// <param name="instrument">What counted it.</param>
    /// <param name="run">The run.</param>
    /// <param name="machine">The machine: its kernel and NIC.</param>
    /// <param name="window">What the guest says of its window.</param>
    /// <param name="what">Names the run in errors.</param>
    /// <exception cref="RingOsException">The counts do not hold what is needed, or the guest counted otherwise.</exception>
    public static LayerProfile Profile(MachineInstrument instrument, GuestRun run, MachineOptions machine, WindowEvent window, string what)
    {
        LoadedImages images = LoadedImages.Of(run, machine.Kernel!, machine.Nic);
        try
        {
            TraceReport report = new CountAnalyzer(images.Symbols()).Analyze(instrument.Counts(run, images, what));
            CheckTicks(report, window, what);
            CheckEvents(report, window.Counts, what);
            return PerDatagram(report, window.Datagrams);
        }
        catch (TraceFormatException exception)
        {
            throw new RingOsException($"{what}: {exception.Message}");
        }
    }

    // An instruction that faults is counted, but its tick is given back. Of the ticks that the guest calls idle, some are the instructions of
    // its idle loop.
    private static void CheckTicks(TraceReport report, WindowEvent window, string what)
    {
        long faults = report.Methods.Where(static row => s_faultsWithoutTick.Contains(row.Method.Name)).Sum(static row => row.Entries);
        long completed = report.Instructions - faults;
        if (window.IdleTicks == 0 ? completed != window.BusyTicks : completed < window.BusyTicks)
            throw new RingOsException($"{what}: the instrument counted {completed} instructions, but {window.BusyTicks} ticks passed in the guest");
    }

    private static void CheckEvents(TraceReport report, EventCounts kernel, string what)
    {
        TraceEvents counted = report.Events;
        // A copy's last bytes are no word of its own: they are moved once more with those before them, which no count shows.
        long copies = report.Methods.Where(static row => row.Method.Name == Copy).Sum(static row => row.Entries);
        (string Name, long Counted, long Kernel, long Tolerance)[] pairs =
        [
            ("ring crossings", counted.RingCrossings, kernel.RingCrossings, MostOfReading),
            ("address-space switches", counted.AddressSpaceSwitches, kernel.AddressSpaceSwitches, MostOfReading),
            ("messages", counted.Messages, kernel.Messages, MostOfReading),
            ("notifications", counted.Notifications, kernel.Notifications, MostOfReading),
            ("interrupts", counted.Interrupts, kernel.Interrupts, MostOfReading),
            ("copied bytes", counted.CopiedBytes, kernel.CopiedBytes, copies * MostLeftOver),
        ];
        foreach ((string name, long ours, long theirs, long tolerance) in pairs)
        {
            if (Math.Abs(ours - theirs) > tolerance)
                throw new RingOsException($"{what}: the instrument counted {ours} {name}, the kernel {theirs}");
        }
    }

    private static LayerProfile PerDatagram(TraceReport report, long datagrams) => new()
    {
        Layers = report.Layers.OrderBy(static layer => layer.Key)
            .ToDictionary(static layer => layer.Key.Name(), layer => (double)layer.Value / datagrams),
        MmioReads = (double)report.Events.MmioReads / datagrams,
        MmioWrites = (double)report.Events.MmioWrites / datagrams,
        InterruptToDriver = report.InterruptToDriver,
        Methods = [.. report.Methods.Select(row => new MethodShare(
            $"{row.Method.Image}: {row.Method.Name}", (double)row.Instructions / datagrams, (double)row.Entries / datagrams))],
        OtherShare = report.OtherShare,
    };
}
