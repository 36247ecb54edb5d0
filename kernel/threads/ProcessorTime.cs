// Processor time: who pays for it, and how much of it services may use before they wait like programs. Next: Scheduler.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>Told when a service has used up its budget in every window for as long as a silent one would have been waited for.</summary>
public interface IBudgetObserver
{
    void OnBudgetExhausted();
}

/// <summary>
/// Time is counted by the processor's own counter, which runs while it computes even where time is simulated, and read once at every switch that the
/// scheduler decides. A call and its answer are not such: a server works on its caller's time (time-slice donation), so they cost nothing here.
/// </summary>
/// <remarks>
/// Services run before programs, within a budget: a deferrable server (Strosnider, Lehoczky, Sha, 1995) for each, and one for all together, as Linux throttles its
/// real-time class. Who has used its budget is demoted until the window ends: it takes its turn among programs.
/// </remarks>
public sealed class ProcessorTime(Processor processor, KernelCounters counters, ThreadPool threads)
{
    private const ulong QuantumsPerSecond = 100;
    private const ulong WindowsPerSecond = 10;
    private const ulong ServiceShare = 50; // of a window, in hundredths
    private const ulong AllServicesShare = 80;

    private ulong _chargedAt = processor.Counter;
    private ulong _windowStart = processor.Counter;

    /// <summary>What a thread may use at a stretch while others of its kind wait.</summary>
    public ulong Quantum => processor.CounterPerSecond / QuantumsPerSecond;

    private ulong Window => processor.CounterPerSecond / WindowsPerSecond;

    /// <summary>Who pays for a thread: itself, or whoever waits at the top of the chain of calls that it serves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Thread PayerOf(Thread thread)
    {
        while (thread.Serving is { State: ThreadState.AwaitingReply } caller && caller.ServedBy == thread)
            thread = caller;
        return thread;
    }

    /// <summary>What has passed since the last time is the running thread's payer's. To be called before the payer changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Charge(Thread running)
    {
        ulong now = processor.Counter;
        PayerOf(running).Ticks += now - _chargedAt;
        _chargedAt = now;
    }

    /// <summary>After a charge, now and then: a window may end, and budgets be used up.</summary>
    /// <param name="patience">Milliseconds after which a service that is always over its budget is told of.</param>
    public void Enforce(ulong patience)
    {
        if (_chargedAt - _windowStart >= Window)
            EndWindow(patience * (processor.CounterPerSecond / 1000));
        ulong all = 0;
        for (int slot = 0; slot < threads.Count; slot++)
        {
            Thread thread = threads[slot];
            if (!thread.IsService)
                continue;
            ulong used = thread.Ticks - thread.WindowTicks;
            all += used;
            if (used >= Window / 100 * ServiceShare)
                Demote(thread);
        }
        if (all >= Window / 100 * AllServicesShare)
            DemoteAll();
    }

    // The observers come last: what they do may start and end threads.
    private void EndWindow(ulong patience)
    {
        ulong length = _chargedAt - _windowStart;
        _windowStart = _chargedAt;
        for (int slot = 0; slot < threads.Count; slot++)
        {
            Thread thread = threads[slot];
            bool isOver = thread.Ticks - thread.WindowTicks >= length / 100 * ServiceShare; // a window may be years of idling: no product of it
            thread.TicksOverBudget = isOver ? thread.TicksOverBudget + Window : 0; // however late the timer came, this is one
            thread.WindowTicks = thread.Ticks;
            thread.IsDemoted = false;
        }
        for (int slot = 0; slot < threads.Count; slot++)
        {
            Thread thread = threads[slot];
            if (thread.TicksOverBudget < patience || thread.BudgetObserver is null)
                continue;
            thread.TicksOverBudget = 0;
            thread.BudgetObserver.OnBudgetExhausted();
        }
    }

    private void DemoteAll()
    {
        for (int slot = 0; slot < threads.Count; slot++)
        {
            if (threads[slot].IsService)
                Demote(threads[slot]);
        }
    }

    private void Demote(Thread thread)
    {
        if (thread.IsDemoted)
            return;
        thread.IsDemoted = true;
        thread.QuantumEnds = thread.Ticks; // its turn among programs begins anew
        if (thread.State is not (ThreadState.Unused or ThreadState.Dead))
            counters.Demotions++;
    }
}
