// The processes of IEEE 802.3 clause 4.2.8 as they are written, one bit time after the other: slow, and plain. Next: BitByBitTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Ethernet;

namespace RingOS.Tests.Unit.Ethernet;

/// <summary>Knows nothing of events: in each bit time every station looks at its cable, then acts.</summary>
internal sealed class BitByBitHub(MediumOptions options)
{
    private readonly BitByBitStation[] _stations =
        [.. options.Delays.Select((delay, number) => new BitByBitStation(delay, options, number))];

    private readonly List<(int Station, Frame Frame, long Start, long End)> _whole = [];

    public List<(long At, int Station)> Attempts { get; } = [];

    public List<(long At, int Station, long Frame, TransmitOutcome Outcome, int Collisions)> Ends { get; } = [];

    /// <summary>To be called before the bit's <see cref="Tick"/>.</summary>
    public void Send(int number, Frame frame, long now)
    {
        BitByBitStation station = _stations[number];
        if (station.Waiting.Count == 0)
            station.ReadyAt = now;
        station.Waiting.Enqueue(frame);
    }

    public void Tick(long now)
    {
        for (int number = 0; number < _stations.Length; number++)
            EndSending(number, now);
        for (int number = 0; number < _stations.Length; number++)
            Begin(number, now);
        for (int number = 0; number < _stations.Length; number++)
            _stations[number].Look(now, HearsOthers(number, now));
        foreach (BitByBitStation station in _stations)
            station.Keep();
    }

    /// <summary>What stations got by <paramref name="now"/>: whole frames, alone at the hub, while the listener was silent.</summary>
    public IEnumerable<(long At, int Station, long Frame)> Received(long now)
    {
        foreach ((int sender, Frame frame, long start, long end) in _whole)
        {
            for (int listener = 0; listener < _stations.Length; listener++)
            {
                int path = _stations[sender].Delay + _stations[listener].Delay;
                if (listener != sender && end + path <= now && IsAlone(sender, start, end) && IsSilent(listener, start + path, end + path))
                    yield return (end + path, listener, frame.Id);
            }
        }
    }

    private bool IsAlone(int sender, long start, long end)
    {
        for (int other = 0; other < _stations.Length; other++)
        {
            int later = _stations[sender].Delay - _stations[other].Delay;
            if (other != sender && !IsSilent(other, start + later, end + later))
                return false;
        }
        return true;
    }

    private bool IsSilent(int station, long from, long to)
    {
        for (long at = from; at < to; at++)
        {
            if (_stations[station].IsOnAir(at))
                return false;
        }
        return true;
    }

    private bool HearsOthers(int listener, long now)
    {
        for (int other = 0; other < _stations.Length; other++)
        {
            if (other != listener && _stations[other].IsOnAir(now - _stations[other].Delay - _stations[listener].Delay))
                return true;
        }
        return false;
    }

    private void EndSending(int number, long now)
    {
        BitByBitStation station = _stations[number];
        if (!station.IsSending || now < station.EndsAt)
            return;
        station.IsSending = false;
        if (station.CollidedAt is not long collidedAt)
        {
            _whole.Add((number, station.Waiting.Peek(), station.StartedAt, now));
            Finish(number, TransmitOutcome.Sent, now);
        }
        else if (collidedAt - station.StartedAt > 512)
            Finish(number, TransmitOutcome.LateCollision, now);
        else if (station.Collisions == 16)
            Finish(number, TransmitOutcome.ExcessiveCollisions, now);
        else
            station.BackOff(now);
    }

    private void Finish(int number, TransmitOutcome outcome, long now)
    {
        BitByBitStation station = _stations[number];
        Ends.Add((now, number, station.Waiting.Dequeue().Id, outcome, station.Collisions));
        (station.Collisions, station.ReadyAt) = (0, now);
    }

    private void Begin(int number, long now)
    {
        BitByBitStation station = _stations[number];
        station.Defer(now);
        if (station.IsSending || station.Waiting.Count == 0 || now < station.ReadyAt || station.IsDeferring)
            return;
        station.Begin(now);
        Attempts.Add((now, number));
    }
}
