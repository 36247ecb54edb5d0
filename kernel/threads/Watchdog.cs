// Deadlines of calls, without looking at the clock at every call: time in coarse periods. Back to: Scheduler.cs
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>
/// While some thread is in a call, a period ends every half second; a call that has seen as many ends as it had patience for is
/// given up with TimedOut. Beginning a call costs three instructions, ending one none.
/// </summary>
public sealed class Watchdog(Scheduler scheduler, ThreadPool threads)
{
    /// <summary>Patience of a service that calls another: it gives up after half a second to a second.</summary>
    public const ulong ServicePatience = 2;

    /// <summary>Patience of the kernel with a service: one and a half to two seconds, so that a service can report a dead one below it.</summary>
    public const ulong KernelPatience = 4;

    private const ulong PeriodsPerSecond = 2;

    private ulong _period;
    private ulong _periodEnds = Thread.Never;

    /// <summary>The thread's call begins now.</summary>
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
            EndPeriod();
        if (!IsAnyoneCalling())
            _periodEnds = Thread.Never;
        return _periodEnds;
    }

    private void EndPeriod()
    {
        _period++;
        _periodEnds += scheduler.TicksPerSecond / PeriodsPerSecond;
        for (int slot = 0; slot < threads.Count; slot++)
        {
            Thread thread = threads[slot];
            if (thread.IsCalling && thread.CallExpires <= _period)
                scheduler.Wake(thread, Status.TimedOut);
        }
    }

    private void StartPeriod()
    {
        _periodEnds = scheduler.Now + (scheduler.TicksPerSecond / PeriodsPerSecond);
        scheduler.EnsureTimerBy(_periodEnds);
    }

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
