// Guests and medium on one clock: while a guest computes no time passes, and time passes only when all guests wait. Next: Station.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Ethernet;

namespace RingOS.Hub;

/// <summary>
/// The loop of the experiment. Whatever the order in which guests run in real time, what they hand to the medium is taken in the order
/// of their numbers, and nobody is interrupted but while idle: so a run depends on its options and its seed alone.
/// </summary>
public sealed class Conductor
{
    private const ulong LatestTime = 1ul << 62; // 146 years; who asks for more asks for never
    private const int MostTurnsAtOnce = 10_000;

    private readonly IReadOnlyList<IStation> _stations;
    private readonly Medium _medium;
    private readonly TimeSpan _patience;
    private readonly StationState[] _states;
    private readonly int[] _turns; // of each guest since time has passed
    private bool _haveBooted;
    private long _frames;
    private int _mediumThread;

    /// <param name="stations">As many as the medium has; all of them run.</param>
    /// <param name="medium">Nothing has happened on it yet.</param>
    /// <param name="patience">Real time that a guest may compute without a pause before it counts as hung.</param>
    public Conductor(IReadOnlyList<IStation> stations, Medium medium, TimeSpan patience)
    {
        if (stations.Count != medium.Stations)
            throw new ArgumentException($"{stations.Count} guests for {medium.Stations} stations");
        _stations = stations;
        _medium = medium;
        _patience = patience;
        _states = new StationState[stations.Count];
        _turns = new int[stations.Count];
    }

    /// <summary>Nanoseconds of simulated time, as guests see it.</summary>
    public ulong Now { get; private set; } = SimulatedClockProtocol.Beginning;

    /// <summary>
    /// The medium is at work and it is the medium that calls: a frame offered now goes to it at once. A guest that does not stand still
    /// as it should calls from another thread.
    /// </summary>
    public bool IsMediumRunning => _mediumThread == Environment.CurrentManagedThreadId;

    /// <summary>Why the run ended before all guests did; null if it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>A guest with whom the run ends, whatever the others do; null for none.</summary>
    public int? EndsWith { get; init; }

    /// <summary>Runs until all guests are gone, or none of them waits for anything any more.</summary>
    public void Run(CancellationToken cancellation)
    {
        while (WaitForAll(cancellation))
        {
            TakeFrames();
            if (StartThoseDue())
                continue;
            ulong next = NextTime();
            if (next == ulong.MaxValue)
            {
                Trouble = "all guests wait for something that will never happen";
                break;
            }
            Advance(next);
        }
    }

    /// <summary>Gives a frame to the medium; it gets the next number.</summary>
    public void Offer(int station, ReadOnlyMemory<byte> bytes) => _medium.Offer(station, new Frame(++_frames, bytes));

    // False when nobody is left.
    private bool WaitForAll(CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        if (_haveBooted)
        {
            for (int number = 0; number < _states.Length; number++)
                _states[number] = WaitFor(number, started, cancellation);
        }
        else
        {
            WaitForBoot(started, cancellation);
        }
        return _states.Contains(StationState.Idle) && (EndsWith is not int last || _states[last] != StationState.Gone);
    }

    // While they boot they ask their devices often, and so each has somebody who answers; later one after the other will do.
    private void WaitForBoot(long started, CancellationToken cancellation)
    {
        Task<StationState>[] waits =
        [
            .. Enumerable.Range(0, _states.Length).Select(number => Task.Factory.StartNew(
                () => WaitFor(number, started, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        for (int number = 0; number < _states.Length; number++)
            _states[number] = waits[number].GetAwaiter().GetResult();
        _haveBooted = true;
    }

    // Also for those who stood still: they may have been killed since.
    private StationState WaitFor(int number, long started, CancellationToken cancellation)
    {
        if (_states[number] == StationState.Gone)
            return StationState.Gone;
        TimeSpan rest = _patience - Stopwatch.GetElapsedTime(started);
        StationState state = _stations[number].Wait(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, cancellation);
        if (state != StationState.Runs)
            return state;
        _stations[number].GiveUp();
        return StationState.Gone;
    }

    private void TakeFrames()
    {
        for (int number = 0; number < _stations.Count; number++)
        {
            if (_stations[number].TakeBackoffSeed() is uint seed)
                _medium.SetBackoffSeed(number, seed);
            if (_stations[number].TakeFrame() is { } bytes)
                Offer(number, bytes);
        }
    }

    // One interrupt at a time for each, its NIC's first: so none is lost, and their order does not depend on the guest's speed.
    private bool StartThoseDue()
    {
        bool isAny = false;
        for (int number = 0; number < _states.Length; number++)
        {
            IStation station = _stations[number];
            if (_states[number] != StationState.Idle || (!station.HasInterrupt && station.WakeAt > Now))
                continue;
            isAny = true;
            _states[number] = StationState.Runs;
            if (++_turns[number] > MostTurnsAtOnce)
            {
                station.GiveUp(); // it would never let time pass
                continue;
            }
            station.SetTime(Now);
            station.Run(byNic: station.HasInterrupt);
        }
        return isAny;
    }

    private ulong NextTime()
    {
        ulong next = _medium.NextEvent == Medium.Never ? ulong.MaxValue : ToGuestTime(_medium.NextEvent);
        for (int number = 0; number < _stations.Count; number++)
        {
            if (_states[number] == StationState.Idle)
                next = Math.Min(next, Math.Min(_stations[number].WakeAt, _stations[number].NicWakesAt));
        }
        return next > LatestTime ? ulong.MaxValue : Math.Max(next, Now);
    }

    private void Advance(ulong next)
    {
        if (next > Now)
            Array.Clear(_turns);
        Now = next;
        foreach (IStation station in _stations)
            station.AdvanceTo(next);
        _mediumThread = Environment.CurrentManagedThreadId;
        _medium.Run(_medium.Clock.ToBits((long)(next - SimulatedClockProtocol.Beginning)));
        _mediumThread = 0;
    }

    private ulong ToGuestTime(long bits) => SimulatedClockProtocol.Beginning + (ulong)_medium.Clock.ToNanoseconds(bits);
}
