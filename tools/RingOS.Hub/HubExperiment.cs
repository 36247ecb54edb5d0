// Boots the guests, lets the conductor run them, and collects what became of everything. Next: HubResult.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Ethernet;
using RingOS.Host.Boot;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;

namespace RingOS.Hub;

/// <summary>A guest under a magnifying glass.</summary>
/// <param name="Station">From 0.</param>
/// <param name="Milliseconds">How long it sends: shorter than in the experiment, which changes nothing before.</param>
/// <param name="Instrument">What records it.</param>
public sealed record Subject(int Station, int Milliseconds, MachineInstrument Instrument);

/// <summary>One run of the experiment.</summary>
public sealed class HubExperiment : IMediumObserver, IDisposable
{
    private const int StartSpreadMicroseconds = 1_000;

    private readonly HubOptions _options;
    private readonly Subject? _subject;
    private readonly MediumTrace _trace = new();
    private readonly Medium _medium;
    private readonly Conductor _conductor;

    /// <param name="options">Checked.</param>
    /// <param name="observers">Who else wants to know what happens on the medium.</param>
    public HubExperiment(HubOptions options, params IReadOnlyList<IMediumObserver> observers)
        : this(options, subject: null, observers)
    {
    }

    /// <param name="options">Checked.</param>
    /// <param name="subject">The guest that is looked at; the run ends with it. Null for all alike.</param>
    /// <param name="observers">Who else wants to know what happens on the medium.</param>
    public HubExperiment(HubOptions options, Subject? subject, params IReadOnlyList<IMediumObserver> observers)
    {
        _options = options;
        _subject = subject;
        _medium = Medium.Create(options.Medium, new MediumObservers([_trace, Journal, .. observers, this]));
        Stations = [.. Enumerable.Range(0, options.Hosts).Select(NewStation)];
        _conductor = new Conductor(Stations, _medium, options.Patience) { EndsWith = subject?.Station };
    }

    public FrameJournal Journal { get; } = new();

    public IReadOnlyList<Station> Stations { get; }

    /// <summary>Told now and then how far simulated time has come, in nanoseconds from the start; from another thread.</summary>
    public Action<long>? Progress { get; set; }

    /// <summary>Changes a host's machine before it is started.</summary>
    public Func<int, MachineOptions, MachineOptions> Prepare { get; set; } = static (_, machine) => machine;

    /// <summary>Runs until all guests have ended.</summary>
    public async Task<HubResult> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        MachineOptions[] machines = [.. Stations.Select(station => MachineOf(station.Number))];
        Task<GuestRun>[] guests = [.. Stations.Select(station => station.RunAsync(machines[station.Number], stop.Token))];
        try
        {
            await Task.Factory.StartNew(() => _conductor.Run(cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (_subject is not null && _conductor.Trouble is null)
                await guests[_subject.Station].ContinueWith(static _ => { }, TaskScheduler.Default); // its links end before it does
            if (_conductor.Trouble is not null || _subject is not null)
                await stop.CancelAsync();
            stop.CancelAfter(_options.Patience); // all links have ended, so all machines will; if not, nobody waits for ever
            HostRun[] hosts = await Task.WhenAll(guests.Select((guest, number) => HostRun.OfAsync(Stations[number], guest)));
            cancellation.ThrowIfCancellationRequested();
            StartFailure.Check(hosts);
            return new HubResult(_options, _medium.Statistics, _medium.Clock, hosts, Journal.Frames, _trace.Hash, _conductor.Trouble);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(guests.Select(static guest => guest.ContinueWith(static _ => { }, TaskScheduler.Default)));
        }
    }

    public void OnSent(int station, Frame frame, TransmitReport report) => Stations[station].OnSent(report);

    public void OnReceived(int station, Frame frame, long at) => Stations[station].OnReceived(frame);

    public void Dispose()
    {
        foreach (Station station in Stations)
            station.Dispose();
    }

    private Station NewStation(int number)
    {
        Station station = new(number, _options.Megabits, _options.IsFullDuplex);
        station.OfferAtOnce = frame =>
        {
            if (_conductor.IsMediumRunning)
                _conductor.Offer(number, frame);
            return _conductor.IsMediumRunning;
        };
        return station;
    }

    private MachineOptions MachineOf(int number) => Prepare(number, new MachineOptions
    {
        Kernel = Images.Kernel,
        Archive = Images.Archive,
        CommandLine = number == _subject?.Station
            ? _options.ShortCommandLineOf(number, StartOf(number), _subject.Milliseconds)
            : _options.CommandLineOf(number, StartOf(number)),
        Instrument = number == _subject?.Station ? _subject.Instrument : null,
        MemoryMiB = HubOptions.GuestMemoryMiB,
        Icount = true,
        Seed = 1,
        Deadline = null, // the conductor notices a guest that hangs
    });

    // Real machines are not switched on in the same microsecond; where they start is drawn from the seed.
    private int StartOf(int number) => 1_000 + new Random(HashCode(_options.Seed, number)).Next(StartSpreadMicroseconds);

    private static int HashCode(ulong seed, int number) => unchecked((int)((seed * 0x9E37_79B9_7F4A_7C15) >> 33) + (number * 7919));
}
