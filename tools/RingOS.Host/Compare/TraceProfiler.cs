// Makes a layer profile of a run's execution trace; leaves the counting to RingOS.Trace. Next: Comparison.cs
using System.Linq;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;

namespace RingOS.Host.Compare;

/// <summary>Profiles runs of iperf.</summary>
public static class TraceProfiler
{
    private const string Application = "iperf";

    /// <summary>The profile of a run that has ended.</summary>
    /// <param name="trace">Its trace.</param>
    /// <param name="run">Which processes were loaded where.</param>
    /// <param name="kernel">The kernel's ELF file.</param>
    /// <param name="options">Its NIC, and how many datagrams it sent.</param>
    /// <param name="what">Names the run in errors.</param>
    /// <exception cref="RingOsException">The trace or the images do not hold what is needed.</exception>
    public static LayerProfile Profile(TraceCollector trace, GuestRun run, string kernel, ComparisonOptions options, string what)
    {
        try
        {
            TraceAnalyzer analyzer = new(LoadedImages.Of(run, kernel, options.Nic).Symbols());
            return PerDatagram(analyzer.AnalyzeMarked(trace.Trace(what), Application), options.TracedCount);
        }
        catch (TraceFormatException exception)
        {
            throw new RingOsException($"{what}: {exception.Message}");
        }
    }

    private static LayerProfile PerDatagram(TraceReport report, int datagrams) => new()
    {
        Instructions = (double)report.Instructions / datagrams,
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
