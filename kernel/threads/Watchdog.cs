// Deadlines of calls, without looking at the clock at every call: time in coarse periods. Back to: Scheduler.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>
/// While some thread is in a call, a period ends every second, or as often as <c>watchdog=</c> says; a call that has seen as many ends as it had patience for is
/// given up with TimedOut. Beginning a call costs three instructions, ending one none.
/// </summary>
/// <remarks>
/// Deadlines are handed down: a server that calls another one has given it no more than what is left of its own caller's time. When that is over, the
/// lowest call of the chain is given up, so the lowest server is blamed; those above have one more period to report it.
/// </remarks>
public sealed class Watchdog(Scheduler scheduler, ThreadPool threads)
{
    /// <summary>What a service that calls another allows it, if its own caller allows as much: two to three periods.</summary>
    public const ulong ServicePatience = 3;

    /// <summary>What the kernel allows a service: five to six periods.</summary>
    public const ulong KernelPatience = 6;

    private const ulong DefaultMilliseconds = 1000;

    private ulong _milliseconds = DefaultMilliseconds;
    private ulong _period;
    private ulong _periodEnds = Thread.Never;

    /// <summary>Length of a period from now on, in milliseconds, at least 1.</summary>
    public void SetPeriod(ulong milliseconds) => _milliseconds = milliseconds;

    /// <summary>The thread's call begins now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Watch(Thread caller, ulong patience)
    {
        caller.CallExpires = _period + patience;
        if (_periodEnds == Thread.Never)
            StartPeriod();
    }

    /// <summary>Time has passed; when the next period ends, or <see cref="Thread.Never"/> if nobody is in a call.</summary>
    public ulong OnTimer(ulong now)
    {
        if (now >= _periodEnds)
            EndPeriod(now);
        if (!IsAnyoneCalling())
            _periodEnds = Thread.Never;
        return _periodEnds;
    }

    // However late the timer came, this is one period: whoever is called had no chance to answer while the machine stood still.
    private void EndPeriod(ulong now)
    {
        _period++;
        _periodEnds = now + PeriodTicks;
        for (int slot = 0; slot < threads.Count; slot++)
        {
            Thread thread = threads[slot];
            if (HasExpired(thread) && thread.CallExpires != thread.CallExtended)
                HandDown(thread);
        }
        for (int slot = 0; slot < threads.Count; slot++)
        {
            if (HasExpired(threads[slot]))
                scheduler.Wake(threads[slot], Status.TimedOut);
        }
    }

    private bool HasExpired(Thread thread) => thread.IsCalling && thread.CallExpires <= _period;

    // Once for each call, or a server that calls on and on would be waited for without end. A call that began a moment ago gets a period
    // too: otherwise whoever happens to be asked then would be blamed for what others took.
    private void HandDown(Thread caller)
    {
        Thread lowest = LowestOf(caller);
        if (lowest == caller)
            return;
        bool isYoung = lowest.CallExpires >= _period + ServicePatience - 1;
        ulong given = isYoung ? _period + 1 : _period;
        lowest.CallExpires = Math.Min(lowest.CallExpires, given);
        caller.CallExpires = caller.CallExtended = given + 1;
    }

    // The caller of the chain whose server waits for nobody.
    private Thread LowestOf(Thread caller)
    {
        Thread lowest = caller;
        for (int step = 0; step < threads.Count && lowest.ServedBy is { IsCalling: true } server; step++)
            lowest = server;
        return lowest;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartPeriod()
    {
        _periodEnds = scheduler.Now + PeriodTicks;
        scheduler.EnsureTimerBy(_periodEnds);
    }

    /// <summary>How long the kernel waits for a service, in milliseconds.</summary>
    public ulong PatienceMilliseconds => KernelPatience * _milliseconds;

    /// <summary>Length of a period in ticks, rounded down to the thousandth of a second: 6e11 at most, a minute at ten gigahertz.</summary>
    public ulong PeriodTicks => scheduler.TicksPerSecond / 1000 * _milliseconds;

    private bool IsAnyoneCalling()
    {
        for (int slot = 0; slot < threads.Count; slot++)
        {
            if (threads[slot].IsCalling)
                return true;
        }
        return false;
    }
}
