// A device that interrupts by a message: a write to the local APIC. PCI 3.0, 6.8. Side by side with: ControllerLine.cs
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;

namespace RingOS.Kernel.Interrupts;

/// <summary>
/// A message says once that something has happened, and there is nothing to mask: a device may send the next while its driver still deals with the
/// last. None is lost, because the notification counts them. Without Bus Master Enable it cannot send any.
/// </summary>
public sealed class MessageLine(LocalTimer localApic) : InterruptLine
{
    /// <summary>The vector in the message.</summary>
    public const int Vector = 0x50;

    public override bool IsMaskedWhileServed => false;

    public override void Mask()
    {
    }

    public override void Unmask()
    {
    }

    internal override void Raise()
    {
        localApic.EndInterrupt();
        if (Handler is not null)
            Handler.OnInterrupt();
        else
            Notification?.Signal(Notification.LineBit);
    }
}
