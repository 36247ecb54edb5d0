// A conductor, a real medium, and guests that stop in whatever order the test wants. Subject: tools/RingOS.Hub/Conductor.cs. Back to: FakeStation.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using RingOS.Abi;
using RingOS.Ethernet;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

/// <summary>Nothing runs beside the conductor: who was woken stops when all who were woken with it have been, in an order drawn from a seed.</summary>
internal sealed class ConductorBench : IMediumObserver, IDisposable
{
    public const ulong Beginning = SimulatedClockProtocol.Beginning;

    private readonly MediumTrace _trace = new();
    private readonly List<(FakeStation Station, bool ByNic)> _woken = [];
    private readonly Random _order;
    private int _due;

    /// <param name="order">Seed of the order in which guests stop.</param>
    /// <param name="patience">For guests that never stop; the others need none.</param>
    public ConductorBench(int count, int order = 0, TimeSpan? patience = null, ulong seed = 1)
    {
        _order = new Random(order);
        Medium = Medium.Create(MediumOptions.OfStations(count, delay: 60) with { Seed = seed }, new MediumObservers([_trace, Journal, this]));
        Stations = [.. Enumerable.Range(0, count).Select(number => new FakeStation(this, number))];
        Conductor = new Conductor(Stations, Medium, patience ?? TimeSpan.FromMinutes(2));
    }

    public Medium Medium { get; }

    public FrameJournal Journal { get; } = new();

    public List<FakeStation> Stations { get; }

    public Conductor Conductor { get; }

    public string Hash => _trace.Hash;

    /// <summary>Who was woken, when and by what, in order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>The order in which guests stopped.</summary>
    public List<int> Stops { get; } = [];

    public Action<int> WhenSent { get; set; } = static _ => { };

    /// <summary>All guests have booted and wait for what <see cref="FakeStation.WakeAt"/> says; runs to the end.</summary>
    public void Run(CancellationToken cancellation = default)
    {
        foreach (FakeStation station in Shuffled(Stations))
            station.Stop(StationState.Idle);
        Conductor.Run(cancellation);
    }

    public void OnRun(FakeStation station, bool byNic)
    {
        lock (Log)
            Log.Add($"{station.Number} {(byNic ? "nic" : "timer")} {station.Time - Beginning}");
        if (_woken.Count == 0)
            _due = Stations.Count(other => !other.IsGone && (other == station || other.HasInterrupt || other.WakeAt <= Conductor.Now));
        _woken.Add((station, byNic));
        if (_woken.Count < _due)
            return;
        List<(FakeStation Station, bool ByNic)> woken = [.. Shuffled(_woken)];
        _woken.Clear();
        foreach ((FakeStation Station, bool ByNic) one in woken)
        {
            Stops.Add(one.Station.Number);
            if (_order.Next(2) == 0)
                one.Station.Compute(one.ByNic);
            else
                OnAnotherThread(() => one.Station.Compute(one.ByNic));
        }
    }

    public void CheckThatNobodyRuns()
        => Assert.DoesNotContain(Stations, static station => station.IsRunning && !station.IsGone);

    public void OnSent(int station, Frame frame, TransmitReport report)
    {
        CheckThatNobodyRuns();
        Stations[station].IsNicBusy = false;
        WhenSent(station);
    }

    public void OnReceived(int station, Frame frame, long at)
    {
        CheckThatNobodyRuns();
        Stations[station].HasInterrupt |= !Stations[station].IsGone && frame.Bytes.Span[5] == station + 1;
    }

    /// <summary>From one station to another, with a number.</summary>
    public static byte[] FrameOf(int from, int to, int number, int length = 200)
    {
        byte[] frame = new byte[length];
        (frame[0], frame[1], frame[5]) = (0x52, 0x54, (byte)(to + 1));
        (frame[6], frame[7], frame[11]) = (0x52, 0x54, (byte)(from + 1));
        frame[20] = (byte)number;
        return frame;
    }

    public static void OnAnotherThread(Action action)
    {
        Thread thread = new(() => action());
        thread.Start();
        thread.Join();
    }

    public void Dispose() => _trace.Dispose();

    private List<T> Shuffled<T>(IEnumerable<T> items) => [.. items.OrderBy(_ => _order.Next())];
}
