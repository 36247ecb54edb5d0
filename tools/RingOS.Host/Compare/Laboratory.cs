// Boots a placement with iperf against a server and measures. Next: Comparison.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Instrumentation;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog;
using Serilog.Events;

namespace RingOS.Host.Compare;

/// <summary>Runs the machines of a comparison, one at a time.</summary>
public sealed class Laboratory : IDisposable
{
    private static readonly TimeSpan s_reportPatience = TimeSpan.FromSeconds(5);

    private const int MostAttempts = 3;

    private readonly ComparisonOptions _options;
    private readonly ILogger _log;
    private readonly IperfServer? _server;
    private readonly ServerAddress _address;
    private readonly List<MachineRecord> _machines = [];

    /// <exception cref="RingOsException">No port is free.</exception>
    public Laboratory(ComparisonOptions options, ILogger log)
    {
        _options = options;
        _log = log;
        _server = options.Server is null ? new IperfServer() : null;
        _address = options.Server ?? ServerAddress.Local(_server!.Port);
    }

    public void Dispose() => _server?.Dispose();

    /// <summary>The machines that were started, in order.</summary>
    public IReadOnlyList<MachineRecord> Machines => _machines;

    /// <summary>The counted run: exact, and the same every time.</summary>
    /// <exception cref="RingOsException">The run failed.</exception>
    /// <remarks>
    /// The guest does the same each time, so a run of which the host lost datagrams is repeated: another one may show them all.
    /// </remarks>
    public async Task<Measurement> CountAsync(Placement placement, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            Measurement measurement = await MeasureAsync(placement, AmountOf(_options.Count), Counted("counted"), cancellation);
            if (measurement.HostLost == 0 || attempt == MostAttempts)
                return measurement;
            _log.Debug("{Placement}: the host lost {Count} datagrams; once more", placement.Name, measurement.HostLost);
        }
    }

    /// <summary>A counted run in which iperf also keeps the time of every <c>write()</c>.</summary>
    /// <exception cref="RingOsException">The run failed, or iperf said nothing of latency.</exception>
    public async Task<LatencyDistribution> LatencyAsync(Placement placement, CancellationToken cancellation)
    {
        Setup setup = Counted("latency");
        string what = WhatOf(placement, setup);
        string app = IperfCall(AmountOf(_options.Count)) + " --latency";
        _server?.DiscardReports();
        GuestRun run = await RunAsync(setup, CommandLine(placement, app), cancellation);
        return LatencyDistribution.Of(run.EnsureSuccess(what), placement, _options.Dials.Completion, what);
    }

    /// <summary>The run against the clock.</summary>
    /// <exception cref="RingOsException">The run failed.</exception>
    public Task<Measurement> TimeAsync(Placement placement, CancellationToken cancellation)
        => MeasureAsync(placement, $"-t {_options.WallSeconds}", Bare("timed"), cancellation);

    /// <summary>The counted run under the instrument, which changes none of its figures: also to which layer the instructions belong.</summary>
    /// <exception cref="RingOsException">The run failed, or instrument and guest counted differently.</exception>
    public async Task<ProfiledRun> ProfileAsync(Placement placement, CancellationToken cancellation)
    {
        Setup setup = Counted("counted");
        using MachineInstrument instrument = MachineInstrument.Counting(setup.Machine.Kernel!, CountProfiler.Application);
        setup = setup with { Machine = setup.Machine with { Instrument = instrument } };
        (Measurement measurement, GuestRun run) = await MeasureRunAsync(placement, AmountOf(_options.Count), setup, cancellation);
        string what = WhatOf(placement, setup);
        return new ProfiledRun(measurement, CountProfiler.Profile(instrument, run, setup.Machine, measurement.Window, what));
    }

    /// <summary>Measures the kernel's elementary operations, in instructions, with the peer in an address space of its own.</summary>
    /// <exception cref="RingOsException">The run failed.</exception>
    public Task<PrimitiveCosts> MeasurePrimitivesAsync(CancellationToken cancellation)
        => PrimitivesAsync(PrimitivePeer.Apart, byClock: false, cancellation);

    /// <summary>Measures the kernel's elementary operations.</summary>
    /// <param name="peer">Where the service is that the program calls.</param>
    /// <param name="byClock">In plain TCG, in ticks of the time-stamp counter; otherwise in instructions.</param>
    /// <param name="cancellation">Ends the machine.</param>
    /// <exception cref="RingOsException">The run failed.</exception>
    public async Task<PrimitiveCosts> PrimitivesAsync(PrimitivePeer peer, bool byClock, CancellationToken cancellation)
    {
        Setup setup = byClock ? Bare("timed primitives") : Counted("primitives");
        GuestRun run = await RunAsync(setup, peer.CommandLine(byClock), cancellation);
        return PrimitiveCosts.Of(run.EnsureSuccess(setup.Kind), setup.Kind);
    }

    private sealed record Setup(string Kind, MachineOptions Machine);

    private Setup Bare(string kind)
    {
        MachineOptions machine = _options.Kit.Boot(new MachineOptions { Nic = _options.Nic, Deadline = _options.Deadline });
        machine = machine with { Accelerator = _options.Accelerator };
        return new(kind, _options.Kernel is null ? machine : machine with { Kernel = _options.Kernel });
    }

    // A server of the user's own needs real time to answer in; ours is fast enough for a guest that skips its waits.
    private Setup Counted(string kind)
    {
        Setup setup = Bare(kind);
        return setup with { Machine = setup.Machine with { Accelerator = Accelerator.Tcg, Icount = true, IdleTakesTime = _server is null } };
    }

    private string IperfCall(string amount)
        => $"iperf -c {_address.Address} -u -b 0 {amount} -l {_options.Bytes} -p {_address.Port} --json";

    private string AmountOf(long datagrams) => $"-n {datagrams * _options.Bytes}";

    private static string WhatOf(Placement placement, Setup setup) => $"{placement.Name} ({setup.Kind} run)";

    private async Task<Measurement> MeasureAsync(Placement placement, string amount, Setup setup, CancellationToken cancellation)
        => (await MeasureRunAsync(placement, amount, setup, cancellation)).Measurement;

    private async Task<(Measurement Measurement, GuestRun Run)> MeasureRunAsync(
        Placement placement, string amount, Setup setup, CancellationToken cancellation)
    {
        string what = WhatOf(placement, setup);
        long hostDropsBefore = _server?.HostDrops ?? 0;
        _server?.DiscardReports();
        GuestRun run = await RunAsync(setup, CommandLine(placement, IperfCall(amount)), cancellation);
        RequireAnswer(run, what);
        WindowEvent window = WindowEvent.Of(run.EnsureSuccess(what), what);
        Measurement measurement = await MeasurementOfAsync(placement, window, what, cancellation);
        measurement = measurement with
        {
            HostLost = Math.Clamp((_server?.HostDrops ?? 0) - hostDropsBefore, 0, window.Datagrams - measurement.Received), // less the end's repetitions
            Checksum = run.Events.Select(static guestEvent => guestEvent.Word("Checksum")).LastOrDefault(static word => word is not null),
        };
        return (measurement, run);
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

    private string CommandLine(Placement placement, string app)
        => KernelCommandLine.Format(placement.Name, _options.Nic, app, _options.Dials);

    private Task<GuestRun> RunAsync(Setup setup, string commandLine, CancellationToken cancellation)
    {
        MachineOptions machine = setup.Machine with { CommandLine = commandLine };
        _machines.Add(new MachineRecord(setup.Kind, machine));
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
