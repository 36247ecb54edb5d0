// The signals that some station may still hear, and what is left of older ones. Next: Deference.cs
using System;

namespace RingOS.Ethernet;

/// <summary>Sorted by their start at the hub; seldom more than two. Signal objects are used again.</summary>
internal sealed class SignalList(int stations, int longestDelay)
{
    // A station has at most two here: one on its way, and the next. More only if cables are absurdly long.
    private Signal[] _signals = new Signal[stations];
    private Signal[] _spare = [];
    private int _spareCount;
    private int _count;
    private (long End, int Station) _last = (Deference.LongAgo, -1);
    private long _lastOfOthers = Deference.LongAgo;
    private long _accountedUntil;
    private MediumUsage _usage;

    public ReadOnlySpan<Signal> All => _signals.AsSpan(0, _count);

    /// <summary>The end at the hub of the last forgotten signal of any other station.</summary>
    public long LastEndBut(int station) => _last.Station == station ? _lastOfOthers : _last.End;

    public Signal Add(int station, Frame frame, long start)
    {
        Signal signal = _spareCount > 0 ? _spare[--_spareCount] : new Signal();
        signal.Begin(station, frame, start);
        if (_count == _signals.Length)
            Array.Resize(ref _signals, _count * 2);
        int place = _count++;
        for (; place > 0 && _signals[place - 1].Start > start; place--)
            _signals[place] = _signals[place - 1];
        _signals[place] = signal;
        return signal;
    }

    /// <summary>To be called at the end of a signal: it and those it met in the hub are lost. The later to end marks both.</summary>
    public void MarkOverlaps(Signal ended)
    {
        foreach (Signal other in All)
        {
            if (other != ended && !other.IsActive && other.Overlaps(ended))
                (other.IsGarbled, ended.IsGarbled) = (true, true);
        }
    }

    /// <summary>Drops signals that everybody has heard the end of and no active one overlaps.</summary>
    public void Forget(long now)
    {
        int gone = 0;
        while (gone < _count && IsPast(_signals[gone], now))
            Fold(_signals[gone++]);
        if (gone == 0)
            return;
        Keep(gone);
        _count -= gone;
        Array.Copy(_signals, gone, _signals, 0, _count);
    }

    /// <summary>The sums until <paramref name="now"/>, with what is on its way.</summary>
    public MediumUsage Usage(long now)
    {
        MediumUsage usage = _usage;
        long accountedUntil = _accountedUntil;
        foreach (Signal signal in All)
            Account(signal, now, ref usage, ref accountedUntil);
        return usage;
    }

    private bool IsPast(Signal signal, long now)
    {
        if (signal.IsActive || signal.NextDelivery != Medium.Never || signal.End > now - longestDelay)
            return false;
        foreach (Signal other in All)
        {
            if (other.IsActive && other.Start < signal.End)
                return false;
        }
        return true;
    }

    private void Fold(Signal signal)
    {
        Account(signal, signal.End, ref _usage, ref _accountedUntil);
        if (signal.End >= _last.End)
        {
            if (_last.Station != signal.Station)
                _lastOfOthers = _last.End;
            _last = (signal.End, signal.Station);
        }
        else if (signal.Station != _last.Station)
            _lastOfOthers = Math.Max(_lastOfOthers, signal.End);
    }

    private void Keep(int gone)
    {
        if (_spareCount + gone > _spare.Length)
            Array.Resize(ref _spare, Math.Max(_signals.Length, _spareCount + gone));
        Array.Copy(_signals, 0, _spare, _spareCount, gone);
        _spareCount += gone;
    }

    // A signal still being sent counts as carrying unless another is there: nobody knows better yet.
    private static void Account(Signal signal, long now, ref MediumUsage usage, ref long accountedUntil)
    {
        bool isLost = signal.IsGarbled || (!signal.IsActive && !signal.IsWhole);
        long time = Math.Max(0, Math.Min(signal.End, now) - Math.Max(signal.Start, accountedUntil));
        accountedUntil = Math.Max(accountedUntil, Math.Min(signal.End, now));
        usage = usage with
        {
            CarryingTime = usage.CarryingTime + (isLost ? 0 : time),
            CollisionTime = usage.CollisionTime + (isLost ? time : 0),
            FrameBits = usage.FrameBits + (signal.IsWhole && !isLost ? signal.Frame!.Bits : 0),
            Garbled = usage.Garbled + (signal.IsWhole && isLost ? 1 : 0),
        };
    }
}
