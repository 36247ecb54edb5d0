// Counts one client's datagrams. RFC 1889 for the jitter. Next: IperfServer.cs
using System;
using System.Diagnostics;
using System.Net;

namespace RingOS.Host.Iperf;

/// <summary>The counters of one session.</summary>
public sealed class IperfSession
{
    private const int FirstWords = 1024;

    /// <summary>Ids beyond this are counted, but a repeated one is no longer recognised.</summary>
    private const long LargestRememberedId = 1L << 28;

    private readonly IPEndPoint _client;
    private ulong[] _seen = new ulong[FirstWords];
    private long _highestId;
    private bool _idsStartAtZero;
    private long _received;
    private long _outOfOrder;
    private long _duplicates;
    private long _bytes;
    private long _firstArrival;
    private long _lastArrival;
    private long _lastTransit;
    private double _jitterTicks;

    public IperfSession(IPEndPoint client) => _client = client;

    /// <summary>The counts at the end; null while the session goes on.</summary>
    public IperfReport? Report { get; private set; }

    /// <summary>Counts a data datagram. Allocates only when ids outgrow what is remembered.</summary>
    /// <param name="datagram">Its header, with an id of 0 or more.</param>
    /// <param name="length">Its payload in bytes.</param>
    /// <param name="arrival">A <see cref="Stopwatch"/> time stamp.</param>
    public void Count(IperfDatagram datagram, int length, long arrival)
    {
        _bytes += length;
        if (Remember(datagram.Id))
        {
            _duplicates++;
            return;
        }
        UpdateJitter(datagram, arrival);
        if (_received++ == 0)
            _firstArrival = arrival;
        _lastArrival = arrival;
        _idsStartAtZero |= datagram.Id == 0;
        if (datagram.Id < _highestId)
            _outOfOrder++;
        else
            _highestId = datagram.Id;
    }

    /// <summary>Ends the session.</summary>
    /// <param name="lastId">The id in the closing datagram, made positive: one more than the last data datagram's.</param>
    public IperfReport Finish(long lastId)
    {
        long afterLast = Math.Max(lastId, _received == 0 ? 0 : _highestId + 1);
        return Report ??= new IperfReport
        {
            Client = _client,
            Sent = _idsStartAtZero ? afterLast : Math.Max(afterLast - 1, 0),
            Received = _received,
            OutOfOrder = _outOfOrder,
            Duplicates = _duplicates,
            Bytes = _bytes,
            Jitter = TimeSpan.FromTicks((long)_jitterTicks),
            Duration = Stopwatch.GetElapsedTime(_firstArrival, _lastArrival),
        };
    }

    /// <summary>Ends the session of a client that went silent: what it sent is known up to its highest id.</summary>
    public IperfReport Finish() => Finish(0);

    /// <returns>Whether the id had been there before.</returns>
    private bool Remember(long id)
    {
        if (id > LargestRememberedId)
            return false;
        int word = (int)(id >> 6);
        if (word >= _seen.Length)
            Array.Resize(ref _seen, Math.Max(word + 1, _seen.Length * 2));
        ulong bit = 1UL << (int)(id & 63);
        bool before = (_seen[word] & bit) != 0;
        _seen[word] |= bit;
        return before;
    }

    // The two clocks need not agree: only the change of the difference between them counts.
    private void UpdateJitter(IperfDatagram datagram, long arrival)
    {
        long transit = Stopwatch.GetElapsedTime(0, arrival).Ticks - datagram.SentTicks;
        if (_received > 0)
            _jitterTicks += (Math.Abs(transit - _lastTransit) - _jitterTicks) / 16;
        _lastTransit = transit;
    }
}
