// What the kernel counts always, one increment each. Back to: Scheduler.cs
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>Event counters since boot. A program reads them by ioctl() on "/dev/kernel".</summary>
public sealed class KernelCounters
{
    /// <summary>Counts syscalls and switches of address space by itself.</summary>
    public Processor? Processor { get; set; }

    public ulong Interrupts;

    /// <summary>Interrupts and exceptions that came while code outside ring 0 ran.</summary>
    public ulong InterruptsFromOutside;
    public ulong ThreadSwitches;
    public ulong Messages;
    public ulong Notifications;
    public ulong CopiedBytes;

    /// <summary>Times a service used up its budget and was put among programs.</summary>
    public ulong Demotions;

    public ulong Read(KernelCounter counter) => counter switch
    {
        // Whoever enters ring 0 by a syscall or an interrupt leaves it again.
        KernelCounter.RingCrossings => 2 * ((Processor?.Syscalls ?? 0) + InterruptsFromOutside),
        KernelCounter.AddressSpaceSwitches => Processor?.AddressSpaceSwitches ?? 0,
        KernelCounter.ThreadSwitches => ThreadSwitches,
        KernelCounter.Messages => Messages,
        KernelCounter.Notifications => Notifications,
        KernelCounter.Interrupts => Interrupts,
        KernelCounter.CopiedBytes => CopiedBytes,
        KernelCounter.Syscalls => Processor?.Syscalls ?? 0,
        KernelCounter.Demotions => Demotions,
        _ => 0,
    };
}
