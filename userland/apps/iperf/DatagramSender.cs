// The hot loop: everything between two writes. iperf 2.1.8, src/Client.cpp, RunUDP. Next: IntervalReport.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Sends datagrams until the time or the amount is used up, or a write fails for good.</summary>
public sealed class DatagramSender
{
    private const ulong LongestOutageSeconds = 30;

    private readonly Socket _socket;
    private readonly byte[] _datagram;
    private readonly Pacer _pacer;
    private readonly TimestampClock _clock = new();
    private readonly IntervalReport _intervals;
    private readonly ulong _amount;
    private readonly ulong _duration; // ticks; no limit if an amount is given
    private readonly bool _survives;

    private ulong _remaining;
    private ulong _nextId = 1;
    private ulong _deadline;
    private ulong _nextEvent;

    /// <param name="socket">Connected to the server.</param>
    /// <param name="datagram">The bytes that are sent, settings already in them; the run stamps them.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="intervals">Told when an interval is over.</param>
    public DatagramSender(Socket socket, byte[] datagram, IperfOptions options, IntervalReport intervals)
    {
        _socket = socket;
        _datagram = datagram;
        _intervals = intervals;
        _pacer = new Pacer(Pacer.TargetTicks(options.Length, options.Bandwidth));
        _amount = options.Amount == 0 ? ulong.MaxValue : options.SendableAmount;
        _duration = options.Amount == 0 ? Clock.ToTicks(options.Milliseconds * 1_000_000) : (ulong)long.MaxValue;
        _remaining = _amount;
        _survives = options.SurvivesWriteErrors;
        FailureLog = options.IsJson ? new FailureLog() : null;
    }

    /// <summary>Datagrams the kernel took.</summary>
    public ulong Datagrams => _nextId - 1;

    /// <summary>Bytes the kernel took.</summary>
    public ulong Bytes => _amount - _remaining;

    /// <summary>Writes that failed, the fatal one included.</summary>
    public WriteFailures Failures { get; } = new();

    /// <summary>The same one by one; null unless the user wants log events.</summary>
    public FailureLog? FailureLog { get; }

    /// <summary>The failure that ended the run; Ok if none did.</summary>
    public Status FatalError { get; private set; }

    /// <summary>Ticks at <see cref="Measure.Begin"/>, before the first write.</summary>
    public ulong BeginTicks { get; private set; }

    /// <summary>Ticks at <see cref="Measure.End"/>, after the last write.</summary>
    public ulong EndTicks { get; private set; }

    /// <summary>Ticks when the run was over: later than <see cref="EndTicks"/> by what was left of the time.</summary>
    public ulong SettledTicks { get; private set; }

    /// <summary>Sends all there is to send.</summary>
    public void Run() => Run(default(NoWatch));

    /// <summary>The same, and times every write.</summary>
    public void Run(WriteLatency latency) => Run(new LatencyWatch(latency));

    private void Run<TWatch>(TWatch watch)
        where TWatch : struct, IWriteWatch
    {
        ulong now = Measure.Begin();
        Start(now);
        while (true)
        {
            long delay = Send(now, watch);
            if (_remaining == 0 || FatalError != Status.Ok)
                break;
            if (delay >= _pacer.ShortestSleep && !TrySleep(delay))
                break;
            now = Clock.Ticks;
            if (now >= _nextEvent && !OnEvent(now))
                break;
        }
        EndTicks = Measure.End();
        Failures.OnEnd(EndTicks);
    }

    /// <summary>Waits for the end of the time, if that is what ends the run, and prints the intervals still due.</summary>
    public void Settle()
    {
        ulong now = Clock.Ticks;
        if (_amount == ulong.MaxValue && FatalError == Status.Ok && now < _deadline)
            Clock.Sleep(Clock.ToNanoseconds(_deadline - now));
        SettledTicks = Clock.Ticks;
        _intervals.OnTime(SettledTicks, Bytes);
    }

    private void Start(ulong now)
    {
        BeginTicks = now;
        _deadline = now + _duration;
        _clock.Start(now);
        _pacer.Start(now);
        _intervals.Start(now);
        DatagramHeader.WriteIdHigh(_datagram, 0);
        ChooseNextEvent();
    }

    // Stamps and writes one datagram; an id is used again until its write succeeds. Returns the pacer's delay.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Send<TWatch>(ulong now, TWatch watch)
        where TWatch : struct, IWriteWatch
    {
        Span<byte> header = new(_datagram, 0, DatagramHeader.Size);
        DatagramHeader.WriteStamp(header, (uint)_nextId, _clock.Seconds, _clock.MicrosecondsAt(now));
        long delay = _pacer.Advance(now);
        int length = (int)Math.Min(_remaining, (ulong)_datagram.Length);
        ulong started = watch.Start();
        long written = _socket.Write(new ReadOnlySpan<byte>(_datagram, 0, length));
        watch.Stop(started);
        if (written < 0)
            OnWriteFailed(Errno.Last);
        else
            OnWritten(length);
        return delay;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OnWritten(int length)
    {
        _remaining -= (ulong)length;
        _nextId++;
        if ((uint)_nextId == 0)
            CarryId();
    }

    private void CarryId() => DatagramHeader.WriteIdHigh(_datagram, (uint)(_nextId >> 32));

    // The turn after a failure counts as an event, so that the first good write after it is noticed without a look at every write.
    private void OnWriteFailed(Status why)
    {
        Failures.OnFailed(why, _pacer.Last, _nextId);
        FailureLog?.Add(Datagrams + Failures.Total, _nextId, why, _pacer.Last, Clock.Ticks);
        _nextEvent = 0;
        if (!IsPassing(why))
            FatalError = why;
        else if (!Clock.IsSimulated)
            _pacer.OnWriteFailed();
        else if (!_pacer.IsOn)
            Clock.Sleep(Pacer.ShortestSleepNanoseconds); // time stands still while we try again: the cause would never pass; else the gap is waited for
    }

    // As iperf since 2.0.13: these may be over at the next write. EIO stops a run too, unless it is to be survived.
    private bool IsPassing(Status why)
        => why is Status.WouldBlock or Status.Interrupted or Status.ConnectionRefused or Status.NoBufferSpace
            || (_survives && _pacer.Last - Failures.RunStart < Clock.TicksPerSecond * LongestOutageSeconds);

    // False if the time would be over before the next datagram is due.
    private bool TrySleep(long delay)
    {
        if (Clock.Ticks + (ulong)delay >= _deadline)
            return false;
        Clock.Sleep(Clock.ToNanoseconds((ulong)delay));
        return true;
    }

    // The rare things, behind one comparison a datagram: the end, the end of an interval, the next second, a failure. False at the end.
    private bool OnEvent(ulong now)
    {
        Failures.OnTurn(now, _nextId);
        _intervals.OnTime(now, Bytes);
        if (now >= _deadline)
            return false;
        _clock.Advance(now);
        ChooseNextEvent();
        return true;
    }

    private void ChooseNextEvent()
        => _nextEvent = Failures.IsRunOpen ? 0 : Math.Min(_deadline, Math.Min(_intervals.NextTicks, _clock.SecondEnd));
}
