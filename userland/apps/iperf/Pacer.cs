// When the next datagram is due. iperf 2.1.8, src/Client.cpp, RunUDP: a running delay. Next: WriteWatch.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>
/// Each datagram adds the target gap to the delay and takes off the time the last turn took; after a failed write only the latter.
/// So what a sleep was too long is made good later. All in ticks.
/// </summary>
public sealed class Pacer
{
    /// <summary>Shorter delays are kept for later: a sleep would be too long.</summary>
    public const ulong ShortestSleepNanoseconds = 100_000;

    private const ulong LongestArrearsNanoseconds = 500_000_000;

    private readonly long _target;
    private readonly long _lowerBound;
    private long _credit;
    private long _delay;
    private ulong _last;

    /// <param name="target">Ticks from one datagram to the next; 0 for no pacing.</param>
    public Pacer(ulong target)
    {
        _target = (long)target;
        _credit = _target;
        _lowerBound = -(long)Clock.ToTicks(LongestArrearsNanoseconds);
        ShortestSleep = (long)Clock.ToTicks(ShortestSleepNanoseconds);
    }

    /// <summary>There is a gap between datagrams.</summary>
    public bool IsOn => _target != 0;

    /// <summary>Delays of this and more are slept, in ticks.</summary>
    public long ShortestSleep { get; }

    /// <summary>Ticks of the last <see cref="Advance"/>.</summary>
    public ulong Last => _last;

    /// <summary>The gap for datagrams of a length at a bandwidth in bits a second, 0 if that is 0. In ticks.</summary>
    public static ulong TargetTicks(int length, ulong bandwidth)
        => bandwidth == 0 ? 0 : WideMath.MultiplyDivide((ulong)length * 8, Clock.TicksPerSecond, bandwidth);

    public void Start(ulong now) => _last = now;

    /// <summary>Called once a datagram, before it is written. Returns the delay due after it; negative when late.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Advance(ulong now)
    {
        long delay = _delay + _credit - (long)(now - _last);
        if (delay < _lowerBound)
            delay = _target; // too far behind ever to catch up
        _credit = _target;
        _last = now;
        _delay = delay;
        return delay;
    }

    /// <summary>The write failed: its gap is not earned.</summary>
    public void OnWriteFailed() => _credit = 0;
}
