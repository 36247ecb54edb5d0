// Who runs next: services before programs, each in order of arrival, in turns of a quantum; a timer only when somebody needs one.
// Next: ThreadPool.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>Decides which thread runs. All of it runs with interrupts off.</summary>
public sealed partial class Scheduler
{
    private const ulong QuantumsPerSecond = 100;
    private const ulong LongestNanoseconds = 1ul << 60; // 36 years

    private readonly Processor _processor;
    private readonly KernelCounters _counters;
    private readonly ThreadQueue _readyServices = new();
    private readonly ThreadQueue _readyPrograms = new();
    private readonly ThreadPool _threads;
    private readonly Thread _idle;
    private ulong _timerAt = Thread.Never;
    private readonly ProcessorTime _time;
    private bool _isSliceTimed; // a timer interrupt comes within a quantum
    private bool _isQuantumOver; // of the running thread, as the timer has found just now

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
        _time = new ProcessorTime(processor, counters, threads);
        idle.Work = new IdleWork(this);
        boot.State = ThreadState.Running;
        Current = boot;
    }

    public Thread Current { get; private set; }

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

    /// <summary>Puts a thread that waited among those that want to run, after all that do already.</summary>
    public void MakeReady(Thread thread)
    {
        thread.State = ThreadState.Ready;
        thread.Deadline = Thread.Never;
        if (!IsAtServiceLevel(thread))
        {
            QueueAsProgram(thread);
            return;
        }
        _readyServices.Enqueue(thread);
        Thread current = Current;
        if (!current.IsService || current.IsDemoted)
            ShouldReschedule = true;
        else if (current.Process is not null || current.IsInDriver)
            EnsureSlice(); // it may compute on and on, and this one waits for it
    }

    // A service precedes programs for its own work and within its budget; for a program it works as one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAtServiceLevel(Thread thread)
    {
        Thread payer = ProcessorTime.PayerOf(thread);
        return payer.IsService && !payer.IsDemoted;
    }

    private void QueueAsProgram(Thread thread)
    {
        bool sharesProcessor = Current != _idle || !_readyPrograms.IsEmpty;
        _readyPrograms.Enqueue(thread);
        Refill(thread);
        if (sharesProcessor)
            EnsureSlice();
    }

    // Who comes back before its quantum is over has the rest of it.
    private void Refill(Thread thread)
    {
        Thread payer = ProcessorTime.PayerOf(thread);
        if (payer.Ticks >= payer.QuantumEnds)
            payer.QuantumEnds = payer.Ticks + _time.Quantum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnsureSlice()
    {
        if (!_isSliceTimed)
            TimeSlice(TicksPerSecond / QuantumsPerSecond);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TimeSlice(ulong ticks)
    {
        _isSliceTimed = true;
        EnsureTimerBy(Now + ticks);
    }

    /// <summary>The time that has passed is the running thread's, or its caller's: to be called before that changes.</summary>
    public void Charge() => _time.Charge(Current);

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

    /// <summary>
    /// Just before a return to a ring above 0: lets others run if they should. Whoever is preempted by a service keeps its place before all others of its kind, and
    /// what is left of its quantum; after a whole quantum it is the last.
    /// </summary>
    public void Preempt(bool wasInterrupted)
    {
        ShouldReschedule = false;
        if (_doomed != 0)
            StopDoomed();
        Thread self = Current;
        if (_isQuantumOver)
        {
            if (!TryGiveTurn(self))
                return;
        }
        else
        {
            if (_readyServices.IsEmpty || IsAtServiceLevel(self))
                return;
            _readyPrograms.EnqueueFirst(self);
        }
        self.State = ThreadState.ReadyOutside;
        EnsureSlice();
        if (wasInterrupted)
            _processor.SaveInterrupted(self);
        Run(_readyServices.Dequeue() ?? _readyPrograms.Dequeue() ?? _idle);
        if (wasInterrupted)
            _processor.RestoreInterrupted(self);
    }

    // False if nobody else of its level, or above, wants to run.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGiveTurn(Thread self)
    {
        _isQuantumOver = false;
        Refill(self);
        bool isService = IsAtServiceLevel(self);
        if (_readyServices.IsEmpty && (isService || _readyPrograms.IsEmpty))
            return false;
        (isService ? _readyServices : _readyPrograms).Enqueue(self);
        return true;
    }

    /// <summary>The current process's memory is about to be freed.</summary>
    public void LeaveProcess() => _processor.LeaveProcess();

    /// <summary>Whether this page-table root is that of the process entered last.</summary>
    public bool IsLoaded(ulong root) => _processor.IsLoaded(root);

    /// <summary>The timer interrupt: wakes whom time has passed, and asks for the next one.</summary>
    public void OnTimer()
    {
        Charge();
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
        _timerAt = Thread.Never;
        _isSliceTimed = false;
        next = Math.Min(next, Watchdog.OnTimer(now));
        _time.Enforce(Watchdog.PatienceMilliseconds);
        if (Current != _idle)
            JudgeQuantum();
        EnsureTimerBy(next);
    }

    private void JudgeQuantum()
    {
        Thread payer = ProcessorTime.PayerOf(Current);
        _isQuantumOver = payer.Ticks >= payer.QuantumEnds;
        if (_isQuantumOver || (!_readyServices.IsEmpty && !IsAtServiceLevel(Current)))
            ShouldReschedule = true;
        if (_readyServices.IsEmpty && _readyPrograms.IsEmpty)
            return;
        bool hasRest = !_isQuantumOver && !IsTimeSimulated; // where time is simulated it stands still while somebody computes
        TimeSlice(hasRest ? payer.QuantumEnds - payer.Ticks : TicksPerSecond / QuantumsPerSecond);
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
        _time.Charge(from);
        _isQuantumOver = false;
        if (thread == from)
            thread.State = ThreadState.Running;
        else
            SwitchTo(thread);
    }
}
