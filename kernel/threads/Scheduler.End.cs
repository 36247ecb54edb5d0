// How threads end: at once outside the kernel, at its edge inside. Decision 22. Next: ProcessTable.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>Called by a doomed thread when it has come to the edge of the kernel.</summary>
public interface IReaper
{
    /// <summary>Ends the process of the running thread. Does not return.</summary>
    void EndDoomed();
}

/// <summary>The ends of threads.</summary>
public sealed partial class Scheduler
{
    private int _doomed; // threads that have been ended inside the kernel and are still on their way out

    /// <summary>Finishes what <see cref="End"/> has begun.</summary>
    public IReaper? Reaper { get; set; }

    // The edge of the kernel. As long as somebody is doomed, everybody comes by here, so that nobody slips out.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StopDoomed()
    {
        ShouldReschedule = true;
        if (Current.IsDoomed)
            Reaper?.EndDoomed(); // does not return
    }

    /// <summary>Ends the current thread for good.</summary>
    public void EndCurrent()
    {
        Thread self = Current;
        if (self.IsDoomed)
            _doomed--;
        self.IsDoomed = false;
        self.BudgetObserver = null;
        self.State = ThreadState.Dead;
        self.Deadline = Thread.Never;
        Block();
    }

    /// <summary>
    /// Ends another thread for good. Outside the kernel it ends at once. Inside, it may hold what it alone can give back: a count of calls under
    /// way, a packet, a socket half open. So it is doomed: a wait without end is over for it, a call ends by its answer or its deadline, every
    /// method on its stack returns, and at the edge it ends itself instead of leaving.
    /// </summary>
    /// <returns>True if it has ended; false if it is doomed and still runs.</returns>
    public bool End(Thread thread)
    {
        thread.BudgetObserver = null; // it may answer for another thread by the end of the window
        if (thread.State is ThreadState.New or ThreadState.ReadyOutside)
        {
            thread.Queue?.Remove(thread);
            thread.State = ThreadState.Dead;
        }
        if (thread.State == ThreadState.Dead || thread.IsDoomed)
            return !thread.IsDoomed;
        thread.IsDoomed = true;
        _doomed++;
        ShouldReschedule = true; // until it is gone, whoever leaves the kernel is looked at
        if (thread.State is ThreadState.Waiting or ThreadState.Receiving)
            Wake(thread, Status.Interrupted);
        return false;
    }
}
