// What the network service signals, and blocked syscalls wait for. Back to: RemoteSockets.cs
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>
/// Wakes all waiters. A signal that comes between an operation's WouldBlock and its wait is lost to nobody: it ends the next wait of
/// every thread at once.
/// </summary>
public sealed class SignalTarget(Scheduler scheduler, ThreadPool threads) : KernelObject
{
    private readonly ThreadQueue _waiters = new();
    private readonly ulong[] _seen = new ulong[threads.Count]; // by slot: the signals that were there when its last wait ended
    private ulong _signals;

    public override Status Signal(ulong bits)
    {
        _signals++;
        while (_waiters.First is { } waiter)
            scheduler.Wake(waiter, Status.Ok);
        return Status.Ok;
    }

    public Status Wait(ulong deadline)
    {
        int slot = scheduler.Current.Slot;
        Status status = _seen[slot] == _signals ? scheduler.BlockIn(_waiters, deadline) : Status.Ok;
        _seen[slot] = _signals;
        return status;
    }
}
