// One MAC, bit by bit. Back to: BitByBitHub.cs
using System;
using System.Collections.Generic;
using RingOS.Ethernet;

namespace RingOS.Tests.Unit.Ethernet;

/// <summary>Its variables are those of the standard's processes; its numbers are written out, so that a wrong constant shows.</summary>
internal sealed class BitByBitStation(int delay, MediumOptions options, int number)
{
    private readonly RandomStream _random = new(options.Seed, StreamPurpose.Backoff, (ulong)number);
    private readonly List<bool> _onAir = [];
    private bool _sensedCarrier;
    private long? _silentSince;

    public int Delay { get; } = delay;

    /// <summary>The first is the one that is tried.</summary>
    public Queue<Frame> Waiting { get; } = new();

    public bool IsSending { get; set; }
    public long StartedAt { get; private set; }
    public long EndsAt { get; private set; }
    public long? CollidedAt { get; private set; }
    public int Collisions { get; set; }
    public long ReadyAt { get; set; }
    public bool IsDeferring { get; private set; }

    public bool IsOnAir(long at) => at >= 0 && (at < _onAir.Count ? _onAir[(int)at] : at == _onAir.Count && IsSending);

    public void Begin(long now)
    {
        (IsSending, StartedAt, CollidedAt) = (true, now, null);
        EndsAt = now + 64 + (8 * (Math.Max(60, Waiting.Peek().Length) + 4));
    }

    public void BackOff(long now) => ReadyAt = now + (512L * _random.NextOfBits(Math.Min(Collisions, 10)));

    /// <summary>The deference process, by what was sensed until the bit before.</summary>
    public void Defer(long now)
    {
        if (!IsDeferring)
        {
            if (_sensedCarrier)
                (IsDeferring, _silentSince) = (true, null);
        }
        else if (_silentSince is not long since)
            _silentSince = _sensedCarrier ? null : now - 1;
        else if (_sensedCarrier && now - 1 - since < options.InterFrameGapPart1)
            _silentSince = null;
        if (IsDeferring && _silentSince is long silentSince && now >= silentSince + 96)
            IsDeferring = false;
    }

    /// <summary>At the end of a bit: what was sensed in it, and whether that is a collision.</summary>
    public void Look(long now, bool hearsOthers)
    {
        if (IsSending && hearsOthers && CollidedAt is null)
        {
            CollidedAt = now;
            Collisions++;
            EndsAt = Math.Max(now, StartedAt + 64) + 32;
        }
        _sensedCarrier = IsSending || hearsOthers;
    }

    /// <summary>After all have looked.</summary>
    public void Keep() => _onAir.Add(IsSending);
}
