// Who runs next: services before programs, each in order of arrival; a timer only when somebody needs one. Next: ThreadPool.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>Called by a doomed thread when it has come to the edge of the kernel.</summary>
public interface IReaper
{
    /// <summary>Ends the process of the running thread. Does not return.</summary>
    void EndDoomed();
}

/// <summary>Decides which thread runs. All of it runs with interrupts off.</summary>
public sealed class Scheduler
{
    private const ulong QuantumsPerSecond = 100;
    private const int TimersOfHoldingOn = 8;
    private const ulong LongestNanoseconds = 1ul << 60; // 36 years

    private readonly Processor _processor;
    private readonly KernelCounters _counters;
    private readonly ThreadQueue _readyServices = new();
    private readonly ThreadQueue _readyPrograms = new();
    private readonly ThreadPool _threads;
    private readonly Thread _idle;
    private ulong _timerAt = Thread.Never;
    private ulong _switchesAtTimer;
    private bool _hasServiceHeldOn;
    private Thread? _heldAtTimer;
    private int _timersHeld;
    private int _doomed; // threads that have been ended inside the kernel and are still on their way out

    /// <param name="processor">What it schedules on.</param>
    /// <param name="counters">Where thread switches are counted.</param>
    /// <param name="threads">All threads there can be.</param>
    /// <param name="boot">The thread of the caller.</param>
    /// <param name="idle">The thread to run when there is nothing to do; it gets its work here.</param>
    public Scheduler(Processor processor, KernelCounters counters, ThreadPool threads, Thread boot, Thread idle)
    {
        _processor = processor;
        _counters = counters;
        _threads = threads;
        _idle = idle;
        Watchdog = new Watchdog(this, threads);
        idle.Work = new IdleWork(this);
        boot.State = ThreadState.Running;
        Current = boot;
    }

    public Thread Current { get; private set; }

    /// <summary>Finishes what <see cref="End"/> has begun.</summary>
    public IReaper? Reaper { get; set; }

    /// <summary>Deadlines of calls.</summary>
    public Watchdog Watchdog { get; }

    public ulong Now => _processor.TimeStamp;

    /// <summary>Ticks are nanoseconds of simulated time.</summary>
    public bool IsTimeSimulated => _processor.IsTimeSimulated;

    public ulong TicksPerSecond => _processor.TicksPerSecond;

    /// <summary>Ticks the processor spent halted.</summary>
    public ulong IdleTicks { get; private set; }

    /// <summary>A service became ready while a program runs, or a quantum has ended.</summary>
    public bool ShouldReschedule
    {
        get => _processor.ShouldReschedule;
        private set => _processor.ShouldReschedule = value;
    }

    public bool IsServiceReady => !_readyServices.IsEmpty;

    /// <summary>A time stamp at least so many nanoseconds from now, whatever the rate; 36 years at most, which is also what a negative number is.</summary>
    public ulong After(ulong nanoseconds) => TickTime.After(Now, Math.Min(nanoseconds, LongestNanoseconds), TicksPerSecond);

    /// <summary>Lets a new thread run.</summary>
    public void Begin(Thread thread)
    {
        MakeReady(thread);
        thread.State = ThreadState.ReadyOutside;
    }

    /// <summary>Puts a thread that waited among those that want to run.</summary>
    public void MakeReady(Thread thread)
    {
        thread.State = ThreadState.Ready;
        thread.Deadline = Thread.Never;
        if (thread.IsService)
        {
            _readyServices.Enqueue(thread);
            if (!Current.IsService)
                ShouldReschedule = true;
        }
        else
        {
            QueueAsProgram(thread);
        }
    }

    // Also the place of a service that has computed for a whole time slice: its precedence is for short work.
    private void QueueAsProgram(Thread thread)
    {
        thread.State = ThreadState.Ready;
        bool sharesProcessor = Current != _idle || !_readyPrograms.IsEmpty;
        _readyPrograms.Enqueue(thread);
        if (sharesProcessor)
            EnsureTimerBy(Now + (TicksPerSecond / QuantumsPerSecond));
    }

    /// <summary>Ends a wait with a status.</summary>
    public void Wake(Thread thread, Status status)
    {
        thread.Queue?.Remove(thread);
        thread.WakeStatus = status;
        MakeReady(thread);
    }

    /// <summary>Runs a thread that was not queued and had no deadline, at once. The current one has been given its new state before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SwitchTo(Thread thread)
    {
        Thread from = Current;
        thread.State = ThreadState.Running;
        Current = thread;
        _counters.ThreadSwitches++;
        _processor.Switch(from, thread);
    }

    /// <summary>Gives the processor away; the current thread has been given its new state, and comes back when somebody wakes it.</summary>
    public Status Block()
    {
        Thread self = Current;
        EnsureTimerBy(self.Deadline);
        Run(_readyServices.Dequeue() ?? _readyPrograms.Dequeue() ?? _idle);
        return self.WakeStatus;
    }

    /// <summary>Waits in a queue until woken or the deadline (a time stamp, or <see cref="Thread.Never"/>) passes.</summary>
    /// <returns>How it was woken; Interrupted if the thread is doomed: who waits in a loop must leave it then.</returns>
    public Status BlockIn(ThreadQueue queue, ulong deadline)
    {
        Thread self = Current;
        if (self.IsDoomed)
            return Status.Interrupted;
        self.State = ThreadState.Waiting;
        self.Deadline = deadline;
        queue.Enqueue(self);
        return Block();
    }

    /// <summary>Just before a return to a ring above 0: lets others run if they should. The current thread stays ready.</summary>
    public void Preempt(bool wasInterrupted)
    {
        ShouldReschedule = false;
        if (_doomed != 0)
            StopDoomed();
        Thread self = Current;
        bool isLikeProgram = !self.IsService || _hasServiceHeldOn;
        _hasServiceHeldOn = false;
        if (_readyServices.IsEmpty && (_readyPrograms.IsEmpty || !isLikeProgram))
            return;
        if (wasInterrupted)
            _processor.SaveInterrupted(self);
        if (isLikeProgram)
            QueueAsProgram(self);
        else
            MakeReady(self);
        self.State = ThreadState.ReadyOutside;
        Run(_readyServices.Dequeue() ?? _readyPrograms.Dequeue() ?? _idle);
        if (wasInterrupted)
            _processor.RestoreInterrupted(self);
    }

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

    /// <summary>The current process's memory is about to be freed.</summary>
    public void LeaveProcess() => _processor.LeaveProcess();

    /// <summary>Whether this page-table root is that of the process entered last.</summary>
    public bool IsLoaded(ulong root) => _processor.IsLoaded(root);

    /// <summary>The timer interrupt: wakes whom time has passed, and asks for the next one.</summary>
    public void OnTimer()
    {
        ulong now = Now;
        ulong next = Thread.Never;
        for (int slot = 0; slot < _threads.Count; slot++)
        {
            Thread thread = _threads[slot];
            if (thread.Deadline <= now)
                Wake(thread, Status.TimedOut);
            else if (thread.Deadline < next)
                next = thread.Deadline;
        }
        NoteWhoHoldsOn();
        _switchesAtTimer = _counters.ThreadSwitches;
        _timerAt = Thread.Never;
        next = Math.Min(next, Watchdog.OnTimer(now));
        ShouldReschedule = true;
        if (!_readyPrograms.IsEmpty)
            EnsureTimerBy(now + (TicksPerSecond / QuantumsPerSecond));
        EnsureTimerBy(next);
    }

    // A service that ran from one timer interrupt to the next; or, where a ticker comes in between, that so many of them found running.
    private void NoteWhoHoldsOn()
    {
        Thread current = Current;
        _timersHeld = current.IsService && current == _heldAtTimer ? _timersHeld + 1 : 0;
        _heldAtTimer = current;
        _hasServiceHeldOn = current.IsService && (_counters.ThreadSwitches == _switchesAtTimer || _timersHeld >= TimersOfHoldingOn);
    }

    /// <summary>Makes sure that a timer interrupt comes no later than this time stamp. Costs nothing when one is on its way.</summary>
    public void EnsureTimerBy(ulong deadline)
    {
        if (deadline >= _timerAt)
            return;
        _timerAt = deadline;
        ulong now = Now;
        _processor.ArmTimer(deadline > now ? deadline - now : 1);
    }

    // The idle thread: halts until an interrupt makes somebody ready.
    private sealed class IdleWork(Scheduler scheduler) : IKernelWork
    {
        public void Run() => scheduler.RunIdle();
    }

    private void RunIdle()
    {
        for (; ; )
        {
            Thread? next = _readyServices.Dequeue() ?? _readyPrograms.Dequeue();
            if (next is not null)
            {
                _idle.State = ThreadState.Ready;
                Run(next);
                continue;
            }
            _haltedSince = Now;
            _processor.HaltUntilInterrupt();
        }
    }

    /// <summary>First thing of an interrupt that ended a halt: what passed since was idle.</summary>
    public void EndHalt()
    {
        if (_haltedSince == 0)
            return;
        IdleTicks += Now - _haltedSince;
        _haltedSince = 0;
    }

    private ulong _haltedSince;

    private void Run(Thread thread)
    {
        Thread from = Current;
        if (thread == from)
            thread.State = ThreadState.Running;
        else
            SwitchTo(thread);
    }
}
