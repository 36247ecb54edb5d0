// Guests and medium on one clock: while a guest computes no time passes, and time passes only when all guests wait. Next: Station.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
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
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _allStopped = new(initialState: false);
    private readonly int[] _turns; // of each guest since time has passed
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
        for (int index = 0; index < stations.Count; index++)
        {
            int number = index;
            stations[index].Stopped = state => OnStopped(number, state);
        }
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

    private void OnStopped(int station, StationState state)
    {
        lock (_gate)
        {
            if (_states[station] == StationState.Gone)
                return;
            _states[station] = state;
            if (!_states.Contains(StationState.Runs))
                _allStopped.Set();
        }
    }

    // False when nobody is left.
    private bool WaitForAll(CancellationToken cancellation)
    {
        while (!_allStopped.Wait(_patience, cancellation))
        {
            foreach (IStation station in Running())
                station.GiveUp(); // it stops, for ever
        }
        return _states.Contains(StationState.Idle) && (EndsWith is not int last || _states[last] != StationState.Gone);
    }

    private List<IStation> Running()
    {
        lock (_gate)
            return [.. _stations.Where((_, number) => _states[number] == StationState.Runs)];
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
        bool[] due = new bool[_stations.Count];
        lock (_gate)
        {
            for (int number = 0; number < due.Length; number++)
            {
                due[number] = _states[number] == StationState.Idle && (_stations[number].HasInterrupt || _stations[number].WakeAt <= Now);
                if (due[number])
                    _states[number] = StationState.Runs;
            }
            if (!due.Contains(true))
                return false;
            _allStopped.Reset();
        }
        for (int number = 0; number < due.Length; number++)
        {
            if (!due[number])
                continue;
            if (++_turns[number] > MostTurnsAtOnce)
            {
                _stations[number].GiveUp(); // it would never let time pass
                continue;
            }
            _stations[number].SetTime(Now);
            _stations[number].Run(byNic: _stations[number].HasInterrupt);
        }
        return true;
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
