// Asynchronous signal: bits that stay set until somebody takes them. Interrupts arrive as these. Next: KernelCall.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Ipc;

/// <summary>A word of bits (<see cref="SignalWord"/>). Signalling never blocks; bits that nobody has taken yet merge, and are counted.</summary>
public sealed class Notification(Scheduler scheduler, KernelCounters counters) : KernelObject
{
    private readonly ThreadQueue _waiters = new();
    private ulong _pending;

    /// <summary>The endpoint whose server receives this notification between calls.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>Where the owner can see pending bits without a syscall (<see cref="StartupBlock.PendingSignals"/>).</summary>
    public SharedWord? Mirror { get; set; }

    /// <summary>The interrupt line that signals <see cref="LineBit"/>, if it stays masked until that has been served.</summary>
    public InterruptLine? Line { get; set; }

    public const ulong LineBit = (ulong)NicSignal.Interrupt;

    public bool IsPending
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _pending != 0; // no arrival without a signal
    }

    /// <param name="bits">One or more of <see cref="SignalWord.Signals"/>.</param>
    public override Status Signal(ulong bits)
    {
        counters.Notifications++;
        SetPending((_pending + SignalWord.Arrival) | bits);
        if (_waiters.First is { } waiter)
            scheduler.Wake(waiter, Status.Ok);
        else
            Endpoint?.OnBoundSignal();
        return Status.Ok;
    }

    /// <summary>Forgets what nobody has taken: whom it was for is gone.</summary>
    public void Clear() => _pending = 0;

    /// <summary>Takes all bits, if there are any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(out ulong bits)
    {
        bits = _pending & SignalWord.Signals;
        if (bits == 0)
            return false;
        SetPending(0);
        return true;
    }

    /// <summary>
    /// The owner saw this word by itself and has served its bits, all of them. If another signal has come since it looked, all stay pending: one may be the
    /// same bit anew, for something that happened after the owner had dealt with it.
    /// </summary>
    /// <param name="served">As the mirror showed it, and bits that were taken before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeServed(ulong served)
    {
        if ((_pending ^ served) < SignalWord.Arrival)
            SetPending(0);
        if ((served & LineBit) != 0)
            Line?.Unmask();
    }

    /// <summary>Waits for any bit, at most until the deadline.</summary>
    public Status Wait(ulong deadline, out ulong bits)
    {
        while (!TryTake(out bits)) // another waiter may have been quicker
        {
            Status status = scheduler.BlockIn(_waiters, deadline);
            if (status != Status.Ok)
                return status;
        }
        return Status.Ok;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetPending(ulong bits)
    {
        _pending = bits;
        Mirror?.Write(bits);
    }
}
