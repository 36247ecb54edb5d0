// What scheduling needs of a processor. Implemented by arch/x64/X64Processor.cs, and by a fake that runs threads as host threads in
// the unit tests. Next: Thread.cs
namespace RingOS.Kernel.Threads;

/// <summary>The processor under the scheduler.</summary>
public abstract class Processor
{
    /// <summary>Ticks of a counter that never stops.</summary>
    public abstract ulong TimeStamp { get; }

    /// <summary>Ticks per second; fixed once calibrated.</summary>
    public abstract ulong TicksPerSecond { get; }

    /// <summary>Ticks of the processor's own counter, which runs while it computes even where time is simulated.</summary>
    public virtual ulong Counter => TimeStamp;

    /// <summary>Rate of <see cref="Counter"/>.</summary>
    public virtual ulong CounterPerSecond => TicksPerSecond;

    /// <summary>Time passes only while the processor halts, and as much as somebody outside says.</summary>
    public virtual bool IsTimeSimulated => false;

    /// <summary>How often it changed from one address space to another.</summary>
    public virtual ulong AddressSpaceSwitches => 0;

    /// <summary>How many syscalls came in.</summary>
    public virtual ulong Syscalls => 0;

    /// <summary>Another thread should run before the return to a program.</summary>
    public virtual bool ShouldReschedule { get; set; }

    /// <summary>Stops running <paramref name="from"/> and runs <paramref name="to"/>; returns when somebody switches back.</summary>
    public abstract void Switch(Thread from, Thread to);

    /// <summary>Keeps what a thread that was interrupted has in registers that a switch does not keep.</summary>
    public virtual void SaveInterrupted(Thread thread)
    {
    }

    public virtual void RestoreInterrupted(Thread thread)
    {
    }

    /// <summary>
    /// The running thread, a driver's of the kernel, goes on at the top of its stack with <see cref="KernelEntry.OnDriverEnd"/>, whatever was left of it. Does not return.
    /// </summary>
    public abstract void EndDriver(Thread thread);

    /// <summary>Forgets the current process's address space, which is about to be freed and is not loaded any more.</summary>
    public virtual void LeaveProcess()
    {
    }

    /// <summary>Whether this page-table root is that of the process entered last.</summary>
    public virtual bool IsLoaded(ulong root) => false;

    /// <summary>Asks for one timer interrupt after so many ticks, replacing an earlier request.</summary>
    public abstract void ArmTimer(ulong ticks);

    /// <summary>Waits, with interrupts on, until one interrupt has been handled.</summary>
    public abstract void HaltUntilInterrupt();
}
