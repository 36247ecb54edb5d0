// A device's interrupt line: masked while it is being served by somebody outside ring 0. Next: InterruptDispatcher.cs
using System.Runtime.CompilerServices;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Interrupts;

/// <summary>Called with interrupts off, on the interrupted thread's kernel stack.</summary>
public interface IInterruptHandler
{
    void OnInterrupt();
}

/// <summary>
/// One line of the interrupt controller. A handler in the kernel is called at once; for a service the line is masked, its
/// notification signalled, and the line unmasked when the service says that it has served the device.
/// </summary>
public sealed class InterruptLine(InterruptController controller, int number) : KernelObject
{
    public int Number { get; } = number;

    /// <summary>Who is told: one of the two, or nobody.</summary>
    public IInterruptHandler? Handler { get; set; }

    public Notification? Notification { get; set; }

    public void Mask() => controller.Mask(Number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unmask() => controller.Unmask(Number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Raise()
    {
        if (Handler is not null)
        {
            Handler.OnInterrupt();
            controller.End(Number);
            return;
        }
        controller.Mask(Number); // before the end of interrupt: the request is a level and still there
        controller.End(Number);
        Notification?.Signal(Notification.LineBit);
    }
}
