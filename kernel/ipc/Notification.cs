// Asynchronous signal: bits that stay set until somebody takes them. Interrupts arrive as these. Next: KernelCall.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Ipc;

/// <summary>A word of bits. Signalling never blocks; bits that nobody has taken yet merge.</summary>
public sealed class Notification(Scheduler scheduler, KernelCounters counters) : KernelObject
{
    private readonly ThreadQueue _waiters = new();
    private ulong _pending;

    /// <summary>The endpoint whose server receives this notification between calls.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>Where the owner can see pending bits without a syscall (<see cref="StartupBlock.PendingSignals"/>).</summary>
    public SharedWord? Mirror { get; set; }

    /// <summary>The interrupt line that signals <see cref="LineBit"/>.</summary>
    public InterruptLine? Line { get; set; }

    public const ulong LineBit = (ulong)NicSignal.Interrupt;

    public bool IsPending => _pending != 0;

    public override Status Signal(ulong bits)
    {
        counters.Notifications++;
        SetPending(_pending | bits);
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
        bits = _pending;
        if (bits == 0)
            return false;
        SetPending(0);
        return true;
    }

    /// <summary>The owner saw these bits by itself and has served them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeServed(ulong bits)
    {
        SetPending(_pending & ~bits);
        if ((bits & LineBit) != 0)
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
