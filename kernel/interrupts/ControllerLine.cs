// A line of the 8259 interrupt controllers. Side by side with: MessageLine.cs
using System.Runtime.CompilerServices;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;

namespace RingOS.Kernel.Interrupts;

/// <summary>The device's request is a level: it stays until the device has been served, and so the line is masked until then.</summary>
public sealed class ControllerLine(InterruptController controller, int number) : InterruptLine
{
    public int Number { get; } = number;

    public override bool IsMaskedWhileServed => true;

    public override void Mask() => controller.Mask(Number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override void Unmask() => controller.Unmask(Number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal override void Raise()
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
