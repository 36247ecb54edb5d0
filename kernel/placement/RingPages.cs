// The two pages of a ring in shared memory. Layouts: lib/Abi/EventRing.cs, lib/Abi/RequestRing.cs. Back to: NicHardware.cs
using RingOS.Hardware;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Placement;

/// <summary>Memory that a driver's host and a network stack share.</summary>
public sealed class RingPages
{
    private readonly DirectMap _physical;

    public RingPages(KernelMemory memory)
    {
        _physical = memory.Physical;
        Producer = memory.AllocateContiguous(2 * Page.Size);
        Consumer = Producer.Plus(Page.Size);
    }

    /// <summary>The page that only the producer writes, and after it the one that only the consumer writes.</summary>
    public PhysicalAddress Producer { get; }

    public PhysicalAddress Consumer { get; }

    private nint VisibleProducer => (nint)_physical.VirtualOf(Producer).Value;

    private nint VisibleConsumer => (nint)_physical.VirtualOf(Consumer).Value;

    /// <summary>Whoever reads events in the kernel.</summary>
    public EventRingConsumer CreateEventConsumer() => new(VisibleProducer, VisibleConsumer);

    /// <summary>Whoever writes requests in the kernel.</summary>
    public RequestRingProducer CreateRequestProducer() => new(VisibleProducer, VisibleConsumer);

    /// <summary>The driver's ends, for a driver thread of the kernel.</summary>
    public EventRingProducer CreateEventProducer() => new(VisibleProducer);

    public RequestRingConsumer CreateRequestConsumer() => new(VisibleProducer);

    /// <summary>Both indices 0, nothing in between.</summary>
    public void Clear()
    {
        _physical.ClearFrame(Producer);
        _physical.ClearFrame(Consumer);
    }
}
