// CSMA/CD on a hub, from event to event. IEEE 802.3 clause 4.2.8. Next: Deference.cs, SignalList.cs
using System;
using System.Linq;

namespace RingOS.Ethernet;

/// <summary>A star of cables around a repeater without delay of its own: each station hears every other after both their delays.</summary>
/// <remarks>Each station has one next event, so the next one of all is found by a scan; a heap does not pay at such sizes.</remarks>
internal sealed class HubMedium : Medium
{
    private readonly HubStation[] _stations;
    private readonly long[] _next;
    private readonly int[] _nearestFirst;
    private readonly SignalList _signals;
    private readonly int _gapPart1;
    private long _nextDelivery = Never;

    public HubMedium(MediumOptions options, IMediumObserver observer)
        : base(options, observer)
    {
        _stations = [.. options.Delays.Select((delay, station)
            => new HubStation(delay, new RandomStream(options.Seed, StreamPurpose.Backoff, (ulong)station)))];
        _next = new long[_stations.Length];
        Array.Fill(_next, Never);
        _nearestFirst = [.. Enumerable.Range(0, _stations.Length).OrderBy(station => options.Delays[station])];
        _signals = new SignalList(_stations.Length, options.Delays.Max());
        _gapPart1 = options.InterFrameGapPart1;
    }

    public override long NextEvent => Math.Min(_nextDelivery, _next[FirstStation()]);

    private protected override bool HasFrame(int station) => _stations[station].Phase != HubPhase.Idle;

    private protected override void Accept(int station, Frame frame)
    {
        _stations[station].TakeFrame(frame, Now);
        Plan(station);
    }

    private protected override void Reseed(int station, uint seed)
        => _stations[station].Random = new RandomStream(Options.Seed, StreamPurpose.ProgrammedBackoff, seed);

    private protected override MediumUsage Usage() => _signals.Usage(Now);

    private protected override bool Step(long until)
    {
        int station = FirstStation();
        long at = Math.Min(_nextDelivery, _next[station]);
        if (at > until)
            return false;
        Now = at;
        if (at == _nextDelivery)
            Deliver();
        else
            Act(station, _stations[station]);
        return true;
    }

    private int FirstStation()
    {
        int first = 0;
        for (int station = 1; station < _next.Length; station++)
        {
            if (_next[station] < _next[first])
                first = station;
        }
        return first;
    }

    private void Act(int number, HubStation station)
    {
        switch (station.Phase)
        {
            case HubPhase.Waiting:
                Begin(number, station);
                break;
            case HubPhase.Sending when station.CollidesAt == Now:
                StartJam(number, station);
                break;
            case HubPhase.Sending:
                EndSignal(number, station, isWhole: true);
                Complete(number, station, TransmitOutcome.Sent);
                break;
            default:
                EndSignal(number, station, isWhole: false);
                AfterCollision(number, station);
                break;
        }
    }

    private void Plan(int number) => _next[number] = Deference.EarliestStart(number, _stations[number], _signals, _gapPart1);

    private void Begin(int number, HubStation station)
    {
        TellAttempt(number, station);
        _signals.Forget(Now);
        (station.Phase, station.StartedAt, station.CollidesAt) = (HubPhase.Sending, Now, Never);
        _next[number] = Now + station.Frame!.TransmissionTime;
        station.Signal = _signals.Add(number, station.Frame, Now + station.Delay);
        foreach (Signal other in _signals.All)
        {
            if (other.Station != number)
                Meet(number, station, other);
        }
        HoldOthersBack(number, station.Signal);
    }

    // The tie of equal times is fair: who begins at the bit at which a carrier comes has not heard it.
    private void TellAttempt(int number, HubStation station)
    {
        long withoutOthers = Math.Max(station.ReadyAt, station.OwnEnd + CsmaCd.InterFrameGap);
        if (Now > withoutOthers)
        {
            station.WasDeferred |= station.Attempts == 0;
            Observer.OnDeferred(number, station.Frame!, station.ReadyAt, Now);
        }
        station.Attempts++;
        Observer.OnAttempt(number, station.Frame!, station.Attempts, Now);
    }

    // The newcomer hears the other unless that is over; the other hears the newcomer if it still sends by then.
    private void Meet(int number, HubStation newcomer, Signal other)
    {
        if (other.IsActive || other.End + newcomer.Delay > Now)
            Collide(number, newcomer, Math.Max(Now, other.Start + newcomer.Delay));
        if (other.IsActive)
            Collide(other.Station, _stations[other.Station], newcomer.Signal!.Start + _stations[other.Station].Delay);
    }

    private void Collide(int number, HubStation station, long at)
    {
        if (station.Phase == HubPhase.Sending && at < _next[number])
            (station.CollidesAt, _next[number]) = (at, at);
    }

    private void HoldOthersBack(int number, Signal signal)
    {
        for (int other = 0; other < _stations.Length; other++)
        {
            HubStation station = _stations[other];
            bool hasPlan = station.Phase == HubPhase.Waiting && _next[other] != Never;
            if (other != number && hasPlan && _next[other] > signal.Start + station.Delay)
                Plan(other);
        }
    }

    // A collision in the preamble is jammed after it: the shortest fragment has 96 bits.
    private void StartJam(int number, HubStation station)
    {
        station.Phase = HubPhase.Jamming;
        station.Collisions++;
        _next[number] = Math.Max(Now, station.StartedAt + CsmaCd.Preamble) + CsmaCd.Jam;
        Observer.OnCollision(number, station.Frame!, station.Attempts, Now);
    }

    private void EndSignal(int number, HubStation station, bool isWhole)
    {
        Signal signal = station.Signal!;
        (station.Signal, station.OwnEnd) = (null, Now);
        signal.Finish(Now + station.Delay, isWhole);
        _signals.MarkOverlaps(signal);
        if (isWhole)
            ScheduleDelivery(signal);
        for (int other = 0; other < _stations.Length; other++)
        {
            if (other != number && _next[other] == Never && _stations[other].Phase == HubPhase.Waiting)
                Plan(other);
        }
    }

    private void AfterCollision(int number, HubStation station)
    {
        if (station.IsLate)
            Complete(number, station, TransmitOutcome.LateCollision);
        else if (station.Attempts == CsmaCd.AttemptLimit)
            Complete(number, station, TransmitOutcome.ExcessiveCollisions);
        else
            BackOff(number, station);
    }

    // Truncated binary exponential backoff.
    private void BackOff(int number, HubStation station)
    {
        int slots = station.Random.NextOfBits(Math.Min(station.Attempts, CsmaCd.BackoffLimit));
        station.Phase = HubPhase.Waiting;
        station.ReadyAt = Now + ((long)slots * CsmaCd.SlotTime);
        Plan(number);
        Observer.OnBackoff(number, station.Frame!, slots, station.ReadyAt);
    }

    private void Complete(int number, HubStation station, TransmitOutcome outcome)
    {
        Frame frame = station.Frame!;
        TransmitReport report = station.Report(outcome);
        (station.Phase, station.Frame) = (HubPhase.Idle, null);
        _next[number] = Never;
        Counters[number].CountEnd(frame, report);
        Observer.OnSent(number, frame, report);
    }

    private void ScheduleDelivery(Signal signal)
    {
        if (signal.Heard < _nearestFirst.Length && _nearestFirst[signal.Heard] == signal.Station)
            signal.Heard++;
        signal.NextDelivery = signal.Heard < _nearestFirst.Length
            ? signal.End + _stations[_nearestFirst[signal.Heard]].Delay
            : Never;
        _nextDelivery = Never;
        foreach (Signal any in _signals.All)
            _nextDelivery = Math.Min(_nextDelivery, any.NextDelivery);
    }

    // To all stations that have had the last bit by now. Observers may offer frames, which adds no signals yet.
    private void Deliver()
    {
        foreach (Signal signal in _signals.All)
        {
            if (signal.NextDelivery != Now)
                continue;
            while (signal.NextDelivery == Now)
            {
                int receiver = _nearestFirst[signal.Heard++];
                ScheduleDelivery(signal);
                if (IsIntactAt(receiver, signal))
                    Receive(receiver, signal.Frame!);
            }
            return;
        }
    }

    // All signals that overlap this one at the hub have begun by now, but one that still sends has not been marked.
    private bool IsIntactAt(int receiver, Signal signal)
    {
        HubStation station = _stations[receiver];
        if (signal.IsGarbled || station.Signal is not null || station.OwnEnd > signal.Start + station.Delay)
            return false;
        foreach (Signal other in _signals.All)
        {
            if (other.IsActive && other.Overlaps(signal))
                return false;
        }
        return true;
    }

    private void Receive(int receiver, Frame frame)
    {
        Counters[receiver].CountDelivery(frame);
        Observer.OnReceived(receiver, frame, Now);
    }
}
