// How the kernel itself calls a service on behalf of the thread that is in a syscall. Next: ../interrupts/InterruptLine.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Ipc;

/// <summary>Told when a service misses its deadline.</summary>
public interface ISilenceObserver
{
    void OnSilent();
}

/// <summary>
/// Calls one service with a deadline. The words travel in the argument registers of the current thread, which the syscall it is in
/// has read before and clobbers anyway.
/// </summary>
public sealed class KernelCall(Scheduler scheduler, Endpoint endpoint, ISilenceObserver observer)
{
    private bool _hasFailed;
    private int _generation;

    /// <summary>Sends four words and waits for the answer.</summary>
    /// <returns>
    /// Word 0 of the reply, which services fill with a <see cref="Status"/>; PeerGone if the service is dead or missed its deadline, and
    /// from then on without asking it again.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status Invoke(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        if (_hasFailed)
            return Status.PeerGone;
        int generation = _generation;
        Thread caller = scheduler.Current;
        ref Registers registers = ref caller.Registers;
        registers.Rsi = word0;
        registers.Rdx = word1;
        registers.R10 = word2;
        registers.R8 = word3;
        Status status = endpoint.Call(caller, badge: 0, Watchdog.KernelPatience);
        if (status == Status.Ok)
            return registers.Rsi <= (ulong)Status.PeerGone ? (Status)(int)registers.Rsi : Status.IoError; // what is no status, it had no right to answer
        if (generation != _generation)
            return Status.PeerGone; // of a service that has a successor by now
        _hasFailed = true;
        if (status == Status.TimedOut)
            observer.OnSilent();
        return Status.PeerGone;
    }

    /// <summary>Another service answers at the endpoint now: ask it again.</summary>
    public void Reopen()
    {
        _hasFailed = false;
        _generation++;
    }

    /// <summary>Words 1 to 3 of the last reply.</summary>
    public ulong ReplyWord1 => scheduler.Current.Registers.Rdx;

    public ulong ReplyWord2 => scheduler.Current.Registers.R10;

    public ulong ReplyWord3 => scheduler.Current.Registers.R8;
}
