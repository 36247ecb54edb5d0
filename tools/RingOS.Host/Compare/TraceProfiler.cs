// Makes a layer profile of a run's execution trace: finds the images' symbols, leaves the counting to RingOS.Trace. Next: Comparison.cs
using System.Collections.Generic;
using System.IO;
using System.Linq;
using RingOS.Abi;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Trace;

namespace RingOS.Host.Compare;

/// <summary>Profiles runs of iperf.</summary>
public static class TraceProfiler
{
    private const string Application = "iperf";
    private const ulong LastUserAddress = 0x7FFF_FFFF_FFFF;

    /// <summary>Where instructions are traced: the kernel and the programs, not the firmware before them.</summary>
    public static readonly IReadOnlyList<AddressRange> Ranges =
        [new(BootProtocol.KernelBase, ulong.MaxValue), new(BootProtocol.ProgramSpacing, LastUserAddress)];

    /// <summary>Reads a trace while the machine runs.</summary>
    /// <param name="trace">QEMU's log, to its end.</param>
    /// <param name="placement">Which services run besides iperf.</param>
    /// <param name="datagrams">Data datagrams the run sends.</param>
    /// <exception cref="RingOsException">The trace or the images do not hold what is needed.</exception>
    public static LayerProfile Profile(Stream trace, Placement placement, int datagrams)
    {
        try
        {
            TraceAnalyzer analyzer = new(new SymbolMap(LoadedImages(placement)));
            return PerDatagram(analyzer.AnalyzeMarked(TraceReader.Read(trace), Application), datagrams);
        }
        catch (TraceFormatException exception)
        {
            throw new RingOsException($"{placement.Name} (traced run): {exception.Message}");
        }
    }

    // The kernel numbers programs in the order it starts them: the placement's services, then the application.
    private static IEnumerable<ImageSymbols> LoadedImages(Placement placement)
    {
        yield return SymbolsOf("kernel", 0, Images.Kernel);
        ulong number = 0;
        foreach (string program in placement.Services.Append(ProgramTable.ApplicationFolder + Application))
            yield return SymbolsOf(Path.GetFileName(program), ++number * BootProtocol.ProgramSpacing, ProgramTable.Named(program).File);
    }

    private static ImageSymbols SymbolsOf(string image, ulong bias, string file)
        => new(image, bias, [.. ElfFile.Read(file).Symbols.Where(static symbol => symbol.IsFunction)
            .Select(static symbol => (symbol.Name, symbol.Address, symbol.Size))]);

    private static LayerProfile PerDatagram(TraceReport report, int datagrams) => new()
    {
        Instructions = (double)report.Instructions / datagrams,
        Layers = report.Layers.OrderBy(static layer => layer.Key)
            .ToDictionary(static layer => layer.Key.Name(), layer => (double)layer.Value / datagrams),
        MmioReads = (double)report.Events.MmioReads / datagrams,
        MmioWrites = (double)report.Events.MmioWrites / datagrams,
        Methods = [.. report.Methods.Select(row => new MethodShare(
            $"{row.Method.Image}: {row.Method.Name}", (double)row.Instructions / datagrams, (double)row.Entries / datagrams))],
        OtherShare = report.OtherShare,
    };
}
