// Deadlines of calls, without looking at the clock at every call: time in coarse periods. Back to: Scheduler.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>
/// While some thread is in a call, a period ends every second, or as often as <c>watchdog=</c> says; a call that has seen as many ends as it had patience for is
/// given up with TimedOut. Beginning a call costs three instructions, ending one none.
/// </summary>
public sealed class Watchdog(Scheduler scheduler, ThreadPool threads)
{
    /// <summary>Patience of a service that calls another: it gives up after two to three periods.</summary>
    public const ulong ServicePatience = 3;

    /// <summary>Patience of the kernel with a service: five to six periods, so that a service can report a dead one below it.</summary>
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
            if (thread.IsCalling && thread.CallExpires <= _period)
                scheduler.Wake(thread, Status.TimedOut);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartPeriod()
    {
        _periodEnds = scheduler.Now + PeriodTicks;
        scheduler.EnsureTimerBy(_periodEnds);
    }

    /// <summary>Length of a period in ticks.</summary>
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
