// A device's way to interrupt: masked while it is being served by somebody outside ring 0. Next: ControllerLine.cs
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Interrupts;

/// <summary>Called with interrupts off, on the interrupted thread's kernel stack.</summary>
public interface IInterruptHandler
{
    void OnInterrupt();
}

/// <summary>
/// A handler in the kernel is called at once; for a service its notification is signalled, and a line that was masked is unmasked when the service
/// says that it has served the device.
/// </summary>
public abstract class InterruptLine : KernelObject
{
    /// <summary>Who is told: one of the two, or nobody.</summary>
    public IInterruptHandler? Handler { get; set; }

    public Notification? Notification { get; set; }

    /// <summary>It stays masked from an interrupt until its service says that it has served the device.</summary>
    public abstract bool IsMaskedWhileServed { get; }

    public abstract void Mask();

    public abstract void Unmask();

    /// <summary>The device has interrupted.</summary>
    internal abstract void Raise();
}
