// Boots a placement that receives, and measures what a datagram or a round trip costs. Next: ../Iperf/IperfClient.cs
using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog;
using Serilog.Events;

namespace RingOS.Host.Compare;

/// <summary>How much to receive.</summary>
public sealed record ReceiveOptions
{
    /// <summary>Datagrams, or round trips.</summary>
    public int Count { get; init; } = 2_000;

    /// <summary>UDP payload; a ping carries as much data.</summary>
    public int Bytes { get; init; } = 1470;

    /// <summary>A name in <see cref="NicModel.All"/>.</summary>
    public string Nic { get; init; } = NicModel.Default;

    public Dials Dials { get; init; } = Dials.Headline;

    /// <summary>The most a single machine may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(120);
}

/// <summary>Three machines a placement: <c>iperf -s</c>, <c>udpecho</c>, <c>ping</c>. All under icount.</summary>
/// <remarks>
/// Datagrams come one by one, a millisecond apart, so that the guest has gone to sleep before the next; with a batch setting, in bursts
/// of a quarter of a socket's queue. A halted guest counts no instructions, and idle ticks are subtracted, so the host's pace does not enter the
/// figure, except for the timer interrupts the kernel wants while it waits: hence idle time takes real time here (QEMU would otherwise
/// skip to the next timer after each datagram). A ping is answered by QEMU itself before the guest can sleep, and exact without that.
/// A run that the host disturbed is repeated.
/// </remarks>
public sealed class ReceiveLaboratory(ReceiveOptions options, ILogger log) : IReceiveSource
{
    private const int GuestPort = 5001;
    private const int LargestBurst = 8;
    private const int Attempts = 3;
    private const int LargestPing = 1464; // as PingOptions of userland/apps/ping
    private const double FewestInterrupts = 0.98; // of one a datagram

    private static readonly TimeSpan s_openingPause = TimeSpan.FromSeconds(10);

    private readonly List<MachineRecord> _machines = [];

    /// <summary>The machines that were started, in order.</summary>
    public IReadOnlyList<MachineRecord> Machines => _machines;

    /// <inheritdoc/>
    public Task<ReceiveFigure> MeasureAsync(Placement placement, string kind, CancellationToken cancellation) => kind switch
    {
        "receive" => ReceiveAsync(placement, kind, cancellation),
        "udp echo" => EchoAsync(placement, kind, cancellation),
        "ping" => PingAsync(placement, kind, cancellation),
        _ => throw new RingOsException($"unknown kind of receiving '{kind}'; there is: {string.Join(", ", ReceiveFigure.Kinds)}", exitCode: 2),
    };

    private async Task<ReceiveFigure> ReceiveAsync(Placement placement, string kind, CancellationToken cancellation)
    {
        int burst = Math.Min(options.Dials.Batch, LargestBurst);
        IperfClientOptions traffic = new()
        {
            Count = options.Count,
            Bytes = options.Bytes,
            Burst = burst,
            Gap = TimeSpan.FromMilliseconds(burst),
            OpeningPause = s_openingPause,
        };
        for (int attempt = 1; ; attempt++)
        {
            GuestRun run = await ServeAsync(placement, kind, $"iperf -s -u -p {GuestPort} --json", async (guest, stop) =>
            {
                using IperfClient client = new(guest.Port);
                await client.RunAsync(traffic with { IsHeard = guest.IsHearing.Task }, stop);
            }, cancellation);
            LogEvent window = WindowOf(run, "iperf receive window", placement, kind);
            long datagrams = window.RequiredNumber("Datagrams");
            if (IsUndisturbed(window, datagrams) || attempt == Attempts)
                return FigureOf(placement, kind, window, datagrams, options.Count - datagrams);
            log.Debug("{Placement}: of {Count} datagrams {Datagrams} arrived, with {Interrupts} interrupts; once more",
                placement.Name, options.Count, datagrams, window.RequiredNumber("Interrupts"));
        }
    }

    // A host too busy to send evenly loses datagrams, or makes the NIC report several with one interrupt.
    private bool IsUndisturbed(LogEvent window, long datagrams)
        => datagrams == options.Count
            && (options.Dials.Interrupts != "frame" || window.RequiredNumber("Interrupts") >= datagrams * FewestInterrupts);

    private async Task<ReceiveFigure> EchoAsync(Placement placement, string kind, CancellationToken cancellation)
    {
        EchoResult? result = null;
        GuestRun run = await ServeAsync(placement, kind, $"udpecho -p {GuestPort} -n {options.Count}", async (guest, stop) =>
        {
            using EchoClient client = new(guest.Port);
            result = await client.RunAsync(options.Count + 1, options.Bytes, stop); // the guest does not count the first
        }, cancellation);
        LogEvent window = WindowOf(run, "udpecho window", placement, kind);
        return FigureOf(placement, kind, window, window.RequiredNumber("Datagrams"), result?.Resent ?? 0);
    }

    private async Task<ReceiveFigure> PingAsync(Placement placement, string kind, CancellationToken cancellation)
    {
        int data = Math.Min(options.Bytes, LargestPing);
        MachineOptions machine = MachineFor(placement, $"ping -q --json -i 0 -c {options.Count} -s {data} 10.0.2.2");
        GuestRun run = await RunAsync(placement, kind, machine, null, cancellation);
        LogEvent window = WindowOf(run, "ping window", placement, kind);
        long trips = window.RequiredNumber("RoundTrips");
        return FigureOf(placement, kind, window, trips, options.Count - trips);
    }

    // Runs the machine, and the client once the guest's program listens. Either ends the other.
    private async Task<GuestRun> ServeAsync(Placement placement, string kind, string app, Func<ServingGuest, CancellationToken, Task> client,
        CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ServingGuest guest = new(FreePort());
        Task sending = SendWhenReadyAsync(guest.IsListening.Task, () => client(guest, stop.Token), stop.Token);
        try
        {
            MachineOptions machine = MachineFor(placement, app) with { IdleTakesTime = true, Forwards = [new PortForward(guest.Port, GuestPort)] };
            return await RunAsync(placement, kind, machine, guest.Hear, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await sending;
        }
    }

    // What a program that serves says on the serial line.
    private sealed class ServingGuest(int port)
    {
        public int Port { get; } = port;

        public TaskCompletionSource IsListening { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsHearing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Hear(SerialLine line)
        {
            if (line.Text.StartsWith("Server listening on UDP port", StringComparison.Ordinal))
                IsListening.TrySetResult();
            else if (line.Text.Contains(" connected with ", StringComparison.Ordinal))
                IsHearing.TrySetResult();
        }
    }

    private static async Task SendWhenReadyAsync(Task ready, Func<Task> send, CancellationToken stop)
    {
        try
        {
            await ready.WaitAsync(stop);
            await send();
        }
        catch (OperationCanceledException)
        {
            // The machine ended first; how, its own result says.
        }
    }

    private MachineOptions MachineFor(Placement placement, string app) => new()
    {
        Kernel = Images.Kernel,
        Archive = Images.Archive,
        CommandLine = KernelCommandLine.Format(placement.Name, options.Nic, app, options.Dials),
        Nic = options.Nic,
        Icount = true,
        Deadline = options.Deadline,
    };

    private async Task<GuestRun> RunAsync(Placement placement, string kind, MachineOptions machine, Action<SerialLine>? onLine,
        CancellationToken cancellation)
    {
        log.Debug("booting {CommandLine}", machine.CommandLine);
        _machines.Add(new MachineRecord(kind, machine));
        GuestRun run = await Machine.RunAsync(machine, onLine, cancellation);
        return run.EnsureSuccess($"{placement.Name} ({kind})");
    }

    private static LogEvent WindowOf(GuestRun run, string template, Placement placement, string kind)
        => run.Events.LastStartingWith(template)
            ?? throw new RingOsException(
                $"{placement.Name} ({kind}): the program ended without its \"{template}\" event; the serial line ended with\n{run.LastLines}");

    private static ReceiveFigure FigureOf(Placement placement, string kind, LogEvent window, long count, long lost)
    {
        long instructions = window.RequiredNumber("WindowTicks") - window.RequiredNumber("IdleTicks");
        return count > 0
            ? new ReceiveFigure(placement.Name, kind, count, (double)instructions / count, lost)
            : throw new RingOsException($"{placement.Name} ({kind}): nothing arrived; look at the frames with: "
                + $"./ringos run --placement {placement.Name} --pcap FILE");
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
