// Boots a placement with iperf against a server and measures. Next: Comparison.cs
using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog;
using Serilog.Events;

namespace RingOS.Host.Compare;

/// <summary>Instructions of the two elementary operations.</summary>
/// <param name="NullSyscall">Into the kernel and back.</param>
/// <param name="IpcRoundTrip">Call and reply between two address spaces.</param>
public sealed record PrimitiveCosts(long NullSyscall, long IpcRoundTrip);

/// <summary>Runs the machines of a comparison, one at a time.</summary>
public sealed class Laboratory : IDisposable
{
    private static readonly TimeSpan s_reportPatience = TimeSpan.FromSeconds(5);

    private readonly ComparisonOptions _options;
    private readonly ILogger _log;
    private readonly IperfServer? _server;
    private readonly ServerAddress _address;

    /// <exception cref="RingOsException">No port is free.</exception>
    public Laboratory(ComparisonOptions options, ILogger log)
    {
        _options = options;
        _log = log;
        _server = options.Server is null ? new IperfServer() : null;
        _address = options.Server ?? ServerAddress.Local(_server!.Port);
    }

    public void Dispose() => _server?.Dispose();

    /// <summary>The counted run: exact, and the same every time.</summary>
    /// <exception cref="RingOsException">The run failed.</exception>
    public Task<Measurement> CountAsync(Placement placement, CancellationToken cancellation)
        => MeasureAsync(placement, AmountOf(_options.Count), Counted("counted"), cancellation);

    /// <summary>The run against the clock.</summary>
    /// <exception cref="RingOsException">The run failed.</exception>
    public Task<Measurement> TimeAsync(Placement placement, CancellationToken cancellation)
        => MeasureAsync(placement, $"-t {_options.WallSeconds}", Bare("timed"), cancellation);

    /// <summary>The short traced run: which layer the instructions belong to.</summary>
    /// <exception cref="RingOsException">The run failed.</exception>
    public async Task<LayerProfile> ProfileAsync(Placement placement, CancellationToken cancellation)
    {
        LayerProfile? profile = null;
        TraceOptions trace = new(TraceProfiler.Ranges)
        {
            Reader = stream =>
            {
                profile = TraceProfiler.Profile(stream, placement, _options.TracedCount);
                return Task.CompletedTask;
            },
        };
        Setup setup = Counted("traced");
        setup = setup with { Machine = setup.Machine with { Trace = trace } };
        await MeasureAsync(placement, AmountOf(_options.TracedCount), setup, cancellation);
        return profile ?? throw new RingOsException($"{placement.Name}: QEMU wrote no execution trace; check it with: ./ringos doctor");
    }

    /// <summary>Measures a null system call and an IPC round trip.</summary>
    /// <exception cref="RingOsException">The run failed.</exception>
    public async Task<PrimitiveCosts> MeasurePrimitivesAsync(CancellationToken cancellation)
    {
        const string What = "primitives";
        Setup setup = Counted(What);
        GuestRun run = await RunAsync(setup.Machine with { CommandLine = KernelCommandLine.Primitives }, cancellation);
        run.EnsureSuccess(What);
        LogEvent found = run.Events.LastStartingWith(What)
            ?? throw new RingOsException($"{What}: the program ended without its event; the serial line ended with\n{run.LastLines}");
        return new PrimitiveCosts(found.RequiredNumber("NullSyscall"), found.RequiredNumber("IpcRoundTrip"));
    }

    private sealed record Setup(string Kind, MachineOptions Machine);

    private Setup Bare(string kind)
        => new(kind, new MachineOptions { Kernel = Images.Kernel, Archive = Images.Archive, Deadline = _options.Deadline });

    // A server of the user's own needs real time to answer in; ours is fast enough for a guest that skips its waits.
    private Setup Counted(string kind)
    {
        Setup setup = Bare(kind);
        return setup with { Machine = setup.Machine with { Icount = true, IdleTakesTime = _server is null } };
    }

    private string AmountOf(long datagrams) => $"-n {datagrams * _options.Bytes}";

    private async Task<Measurement> MeasureAsync(Placement placement, string amount, Setup setup, CancellationToken cancellation)
    {
        string what = $"{placement.Name} ({setup.Kind} run)";
        string app = $"iperf -c {_address.Address} -u -b 0 {amount} -l {_options.Bytes} -p {_address.Port} --json";
        long hostDropsBefore = _server?.HostDrops ?? 0;
        _server?.DiscardReports();
        GuestRun run = await RunAsync(setup.Machine with { CommandLine = CommandLine(placement, app) }, cancellation);
        RequireAnswer(run, what);
        WindowEvent window = WindowEvent.Of(run.EnsureSuccess(what), what);
        Measurement measurement = await MeasurementOfAsync(placement, window, what, cancellation);
        return measurement with
        {
            HostLost = (_server?.HostDrops ?? 0) - hostDropsBefore,
            Checksum = run.Events.Select(static guestEvent => guestEvent.Word("Checksum")).LastOrDefault(static word => word is not null),
        };
    }

    private async Task<Measurement> MeasurementOfAsync(Placement placement, WindowEvent window, string what, CancellationToken cancellation)
    {
        Measurement byGuest = new()
        {
            Placement = placement.Name,
            Window = window,
            Received = window.Datagrams - (window.ServerLost ?? 0),
            DatagramsPerSecond = window.DatagramsPerSecond,
        };
        if (_server is null)
            return byGuest;
        IperfReport report = await _server.NextReportAsync(s_reportPatience, cancellation)
            ?? throw new RingOsException($"{what}: no closing datagram reached the server; look at the frames with: "
                + $"./ringos run --placement {placement.Name} --pcap FILE");
        return byGuest with
        {
            Received = report.Received,
            DatagramsPerSecond = report.Duration > TimeSpan.Zero ? (window.Datagrams - 1) / report.Duration.TotalSeconds : 0,
        };
    }

    // A server of the user's own may not be there; the guest's complaint alone would not name the remedy.
    private void RequireAnswer(GuestRun run, string what)
    {
        if (_server is null && WindowEvent.Find(run) is { ServerLost: null })
            throw new RingOsException($"{what}: the server {_address.Address}:{_address.Port} never answered; "
                + $"is `iperf -s -u -p {_address.Port}` running there?");
    }

    private static string CommandLine(Placement placement, string app) => KernelCommandLine.Format(placement.Name, NicModel.Default, app);

    private Task<GuestRun> RunAsync(MachineOptions machine, CancellationToken cancellation)
    {
        _log.Debug("booting {CommandLine}", machine.CommandLine);
        return Machine.RunAsync(machine, LogQuietly, cancellation);
    }

    // The comparison shows its table; what each guest says is in the log file, warnings and worse also on the screen.
    private void LogQuietly(SerialLine line)
    {
        if (line.Event is { Level: >= LogEventLevel.Warning } loud)
            _log.Write(loud);
        else
            _log.Verbose("{SerialLine}", line.Text);
    }
}
