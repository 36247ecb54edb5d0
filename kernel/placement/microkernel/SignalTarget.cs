// What the network service signals, and blocked syscalls wait for. Back to: RemoteSockets.cs
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>
/// Wakes all waiters. A signal that comes between an operation's WouldBlock and its wait is not lost: it ends the next wait at once.
/// </summary>
public sealed class SignalTarget(Scheduler scheduler) : KernelObject
{
    private readonly ThreadQueue _waiters = new();
    private bool _wasSignalled;

    public override Status Signal(ulong bits)
    {
        _wasSignalled = true;
        while (_waiters.First is { } waiter)
            scheduler.Wake(waiter, Status.Ok);
        return Status.Ok;
    }

    public Status Wait(ulong deadline)
    {
        if (!_wasSignalled)
            return scheduler.BlockIn(_waiters, deadline);
        _wasSignalled = false;
        return Status.Ok;
    }
}
