// Runs iperf under the instrument and picks one of its write() calls. Next: ChromeTrace.cs
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Compare;
using RingOS.Host.Instrumentation;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using RingOS.Trace;

namespace RingOS.Host.Tracing;

/// <summary>Which write() to follow.</summary>
/// <param name="Placement">Where the driver lives.</param>
/// <param name="Nic">A name in <see cref="NicModel.All"/>.</param>
/// <param name="Dials">Batch, interrupts, completion.</param>
/// <param name="Write">Its number in the run, from 1; null for one in the middle in whose time the device is started.</param>
public sealed record TracedWriteOptions(Placement Placement, string Nic, Dials Dials, int? Write)
{
    /// <summary>UDP payload of a datagram.</summary>
    public const int Bytes = 1470;

    /// <summary>A word of the NIC's <see cref="NicModel.Windows"/>.</summary>
    public string Io { get; init; } = NicModel.DefaultWindow;

    private const int FewestWrites = 20;
    private const int BatchesTraced = 3;
    private const int MostWrites = 5_000;

    /// <summary>Datagrams of the run: some come after the one followed, so that its batch fills.</summary>
    public int Count
        => Math.Max(Math.Max(FewestWrites, BatchesTraced * Dials.Batch), (Write ?? 0) + Math.Max(FewestWrites / 2, Dials.Batch));

    /// <summary>Returns these options if they make sense.</summary>
    /// <exception cref="RingOsException">They do not.</exception>
    public TracedWriteOptions Checked()
    {
        _ = Dials.Checked();
        _ = NicModel.Named(Nic).Words(Io);
        if (Write is < 1 or > MostWrites)
            throw new RingOsException($"write {Write} cannot be followed; give a number from 1 to {MostWrites}", exitCode: 2);
        return this;
    }
}

/// <summary>One write() of a run.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Number">Which write() it is, from 1.</param>
/// <param name="Writes">How many the run had.</param>
/// <param name="Timeline">Its way.</param>
public sealed record TracedWrite(TracedWriteOptions Options, int Number, int Writes, WriteTimeline Timeline)
{
    private const string Application = "iperf";
    private const int MostInstructions = 50_000_000; // 10,000 for each of the most writes
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(120);

    /// <summary>Boots, traces, ends, and follows the write().</summary>
    /// <param name="options">Which one.</param>
    /// <param name="onLine">Told every serial line as it comes, from another thread.</param>
    /// <param name="cancellation">Ends the machine at once.</param>
    /// <exception cref="RingOsException">The run failed, or what was recorded does not hold what is needed.</exception>
    public static async Task<TracedWrite> RunAsync(TracedWriteOptions options, Action<SerialLine> onLine, CancellationToken cancellation)
    {
        string what = $"{options.Placement.Name} (traced run)";
        using IperfServer server = new();
        using MachineInstrument instrument = MachineInstrument.Recording(Images.Kernel, Application, fromWrite: 0, MostInstructions);
        GuestRun run = await Machine.RunAsync(MachineOf(options, server.Port) with { Instrument = instrument }, onLine, cancellation);
        LoadedImages images = LoadedImages.Of(run, Images.Kernel, options.Nic);
        try
        {
            return Follow(options, instrument.Recorded(run, images, what), images.Symbols(), images.Lines());
        }
        catch (TraceFormatException exception)
        {
            throw new RingOsException($"{what}: {exception.Message}");
        }
    }

    private static MachineOptions MachineOf(TracedWriteOptions options, int port)
    {
        const int Bytes = TracedWriteOptions.Bytes;
        string app = $"{Application} -c {ServerAddress.Local(port).Address} -u -b 0 -n {options.Count * Bytes} -l {Bytes} -p {port} --json";
        return new MachineOptions
        {
            Kernel = Images.Kernel,
            Archive = Images.Archive,
            Nic = options.Nic,
            CommandLine = KernelCommandLine.Format(options.Placement.Name, NicModel.Named(options.Nic), options.Io, app, options.Dials),
            Icount = true,
            Deadline = s_deadline,
        };
    }

    private static TracedWrite Follow(TracedWriteOptions options, RecordedRun run, SymbolMap symbols, SourceLines lines)
    {
        IReadOnlyList<int> starts = WriteFinder.Starts(run, symbols, Application);
        if (starts.Count == 0 || options.Write > starts.Count)
            throw new TraceFormatException($"the run had {starts.Count} writes; give --write 1 to {starts.Count}");
        WriteTimelineBuilder builder = new(run.Trace, symbols, lines, Application);
        int position = options.Write - 1 ?? builder.FirstWithDoorbell(starts, starts.Count / 2);
        return new TracedWrite(options, position + 1, starts.Count, builder.Build(starts[position]));
    }
}
