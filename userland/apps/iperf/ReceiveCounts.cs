// What arrived, what is missing, what came late, and how unevenly. RFC 1889 as iperf 2.1.8, src/Reporter.c, counts it. Next: DatagramReceiver.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>The counters of a server. A gap in the ids is a loss until the missing datagram comes late; then it was out of order.</summary>
public sealed class ReceiveCounts
{
    private const int JitterShift = 4; // J += (|D| - J) / 16

    private readonly TimestampClock _clock = new();
    private ulong _firstTicks;
    private ulong _lastTicks;
    private long _highestId;
    private ulong _gaps;
    private ulong _lastTransit; // microseconds; the clocks need not agree, so it may be anything
    private ulong _jitter; // microseconds, times 16

    /// <summary>Data datagrams: without the final one.</summary>
    public ulong Datagrams { get; private set; }

    /// <summary>With those of the final datagram, as iperf counts.</summary>
    public ulong Bytes { get; private set; }

    public ulong OutOfOrder { get; private set; }

    /// <summary>Ticks when the last datagram came.</summary>
    public ulong LastTicks => _lastTicks;

    public ulong Lost => _gaps > OutOfOrder ? _gaps - OutOfOrder : 0;

    /// <summary>The first datagram of a client: clocks start, counts begin anew.</summary>
    public void Start(ReadOnlySpan<byte> datagram, ulong now)
    {
        Datagrams = 0;
        Bytes = 0;
        OutOfOrder = 0;
        _highestId = 0;
        _gaps = 0;
        _jitter = 0;
        _firstTicks = now;
        _clock.Start(now);
        _lastTransit = TransitOf(datagram, now);
        CountData(DatagramHeader.ReadId(datagram), datagram.Length, now);
    }

    /// <summary>Any datagram after it. False for the final one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(ReadOnlySpan<byte> datagram, ulong now)
    {
        long id = DatagramHeader.ReadId(datagram);
        if (id < 0)
        {
            CountId(-id, datagram.Length, now); // it follows the last one's, so a loss just before it shows
            return false;
        }
        ulong transit = TransitOf(datagram, now);
        long change = (long)(transit - _lastTransit);
        _lastTransit = transit;
        _jitter += (ulong)(change < 0 ? -change : change) - ((_jitter + (1 << (JitterShift - 1))) >> JitterShift);
        CountData(id, datagram.Length, now);
        return true;
    }

    /// <summary>What the server says at the end.</summary>
    public ServerReport ToReport() => new()
    {
        Bytes = Bytes,
        StopMicroseconds = Clock.ToNanoseconds(_lastTicks - _firstTicks) / 1000,
        Lost = Lost,
        OutOfOrder = OutOfOrder,
        Datagrams = (ulong)_highestId,
        JitterMicroseconds = _jitter >> JitterShift,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountData(long id, int length, ulong now)
    {
        Datagrams++;
        CountId(id, length, now);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountId(long id, int length, ulong now)
    {
        _lastTicks = now;
        Bytes += (ulong)length;
        if (id == _highestId + 1)
            _highestId = id;
        else
            OnUnexpected(id);
    }

    // Old clients count from 0: their first datagram is neither late nor a loss.
    private void OnUnexpected(long id)
    {
        if (id > _highestId)
        {
            _gaps += (ulong)(id - _highestId - 1);
            _highestId = id;
        }
        else if (id != 0)
        {
            OutOfOrder++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong TransitOf(ReadOnlySpan<byte> datagram, ulong now)
    {
        _clock.Advance(now);
        return (ulong)_clock.Seconds * 1_000_000 + _clock.MicrosecondsAt(now) - DatagramHeader.ReadMicroseconds(datagram);
    }
}
