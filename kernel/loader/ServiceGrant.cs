// What a service may touch besides its own memory. Minted by the kernel's placement code only. Next: ProgramRequest.cs
using RingOS.Hardware;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>Which end of an event ring a service has: it writes its own page and reads the other's. See <see cref="Abi.EventRing"/>.</summary>
public enum EventRingSide
{
    None,

    /// <summary>A NIC driver's host.</summary>
    Producer,

    /// <summary>A network stack.</summary>
    Consumer,
}

/// <summary>Physical memory to be mapped into a service; a length or count of 0 is "not granted". All addresses and lengths in bytes are whole pages.</summary>
public sealed class ServiceGrant
{
    /// <summary>The device's register window.</summary>
    public PhysicalAddress Registers { get; init; }

    public ulong RegistersLength { get; init; }

    /// <summary>Descriptor memory, and the same as the device sees it.</summary>
    public PhysicalAddress Dma { get; init; }

    public DeviceAddress DmaDevice { get; init; }

    public ulong DmaLength { get; init; }

    /// <summary>The packet pool, and the same as the device sees it.</summary>
    public PhysicalAddress Packets { get; init; }

    public DeviceAddress PacketsDevice { get; init; }

    /// <summary>Buffers in the pool; an even number, as two fill a page.</summary>
    public ulong PacketCount { get; init; }

    /// <summary>The service sees the packets' content. A driver does not: it gets their device addresses only.</summary>
    public bool ArePacketsVisible { get; init; }

    /// <summary>The event ring's two pages.</summary>
    public PhysicalAddress EventRingProducerPage { get; init; }

    public PhysicalAddress EventRingConsumerPage { get; init; }

    public EventRingSide EventRingSide { get; init; }
}
