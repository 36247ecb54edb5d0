// The two pages of an event ring. Layout: lib/Abi/EventRing.cs. Back to: NicHardware.cs
using RingOS.Hardware;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Placement;

/// <summary>Memory that a driver's host and a network stack share.</summary>
public sealed class EventRingPages
{
    private readonly DirectMap _physical;

    public EventRingPages(KernelMemory memory)
    {
        _physical = memory.Physical;
        Producer = memory.AllocateContiguous(Page.Size);
        Consumer = memory.AllocateContiguous(Page.Size);
    }

    public PhysicalAddress Producer { get; }

    public PhysicalAddress Consumer { get; }

    /// <summary>The stack's end, if the stack is in the kernel.</summary>
    public EventRingConsumer CreateConsumer() => new((nint)_physical.VirtualOf(Producer).Value, (nint)_physical.VirtualOf(Consumer).Value);
}
