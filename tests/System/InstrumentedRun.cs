// The same run of iperf counted and recorded, and what each says of it. Back to: CountedRunTests.cs
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Instrumentation;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;

namespace RingOS.Tests.System;

/// <summary>Some datagrams, few enough to be written down whole.</summary>
internal static class InstrumentedRun
{
    private const string Application = "iperf";
    private const int Datagrams = 120;
    private const int Bytes = 1470;
    private const int MostRecorded = 10_000_000;

    public static async Task<(TraceReport Report, IReadOnlyList<int> InterruptsToDriver)> CountAsync(string placement, string archive)
    {
        using MachineInstrument instrument = MachineInstrument.Counting(Images.Kernel, Application);
        (GuestRun run, LoadedImages images) = await RunAsync(placement, archive, instrument);
        TraceReport report = new CountAnalyzer(images.Symbols()).Analyze(instrument.Counts(run, images, placement));
        return (report, report.InterruptsToDriver);
    }

    public static async Task<(TraceReport Report, IReadOnlyList<int> InterruptsToDriver)> RecordAsync(string placement, string archive)
    {
        using MachineInstrument instrument = MachineInstrument.Recording(Images.Kernel, Application, fromWrite: 0, MostRecorded);
        (GuestRun run, LoadedImages images) = await RunAsync(placement, archive, instrument);
        RecordedRun recorded = instrument.Recorded(run, images, placement);
        SymbolMap symbols = images.Symbols();
        ulong clock = symbols.Ranges.First(static range => range.Method.Image == Application && range.Label == "user_rdtsc").Start;
        TraceWindow window = new(NextAt(recorded.Trace, clock, 0), NextAt(recorded.Trace, clock, recorded.WindowEnd));
        return (new TraceAnalyzer(symbols).Analyze(recorded.Trace, window), InterruptsToDriver(recorded.Trace, window, symbols));
    }

    private static async Task<(GuestRun Run, LoadedImages Images)> RunAsync(string placement, string archive, MachineInstrument instrument)
    {
        using IperfServer server = new();
        string app = $"{Application} -c 10.0.2.2 -u -b 0 -n {Datagrams * Bytes} -l {Bytes} -p {server.Port} --json";
        GuestRun run = await Machine.RunAsync(new MachineOptions
        {
            Kernel = Images.Kernel,
            Archive = archive,
            CommandLine = KernelCommandLine.Format(placement, NicModel.Default, app),
            Icount = true,
            Instrument = instrument,
        });
        return (run.EnsureSuccess(placement), LoadedImages.Of(run, Images.Kernel, NicModel.Default));
    }

    // The recording's edges are the first instructions of Measure.Begin and Measure.End, the count's the readings of the clock in them.
    private static int NextAt(ExecutionTrace trace, ulong address, int from)
    {
        int index = from;
        while (trace.AddressAt(index) != address)
            index++;
        return index;
    }

    // From the first instruction of a device's entry to the first of the driver's handler that follows.
    private static List<int> InterruptsToDriver(ExecutionTrace trace, TraceWindow window, SymbolMap symbols)
    {
        HashSet<ulong> entries = [.. symbols.Ranges.Where(static range => EventRules.Default.Device.IsEntry(range.Label)).Select(static range => range.Start)];
        HashSet<ulong> handlers = [.. symbols.Ranges.Where(static range => EventRules.Default.Device.IsHandler(range.Label)).Select(static range => range.Start)];
        List<int> times = [];
        int? begun = null;
        for (int i = window.Start; i < window.End; i++)
        {
            if (entries.Contains(trace.AddressAt(i)))
                begun = i;
            if (begun is int start && handlers.Contains(trace.AddressAt(i)))
            {
                times.Add(i - start);
                begun = null;
            }
        }
        return times;
    }
}
