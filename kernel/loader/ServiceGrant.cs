// What a service may touch besides its own memory, and what it may ask. Minted by the kernel's placement code only. Next: ProgramRequest.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Loader;

/// <summary>Which ends of the two rings a service has: it writes its own pages and reads the other's. See <see cref="Abi.EventRing"/> and <see cref="Abi.RequestRing"/>.</summary>
public enum RingSide
{
    None,

    /// <summary>A NIC driver's host: produces events, consumes requests.</summary>
    Driver,

    /// <summary>A network stack: the other way round.</summary>
    Stack,
}

/// <summary>Physical memory to be mapped into a service; a length or count of 0 is "not granted". All addresses and lengths in bytes are whole pages.</summary>
public sealed class ServiceGrant
{
    /// <summary>What it may ask of the kernel. Unless it is said, nothing.</summary>
    public SyscallSet Syscalls { get; init; }

    /// <summary>The device's register window.</summary>
    public PhysicalAddress Registers { get; init; }

    public ulong RegistersLength { get; init; }

    /// <summary>Ports in the place of registers in memory.</summary>
    public uint FirstPort { get; init; }

    public uint PortCount { get; init; }

    /// <summary>Descriptor memory, and the same as the device sees it.</summary>
    public PhysicalAddress Dma { get; init; }

    public DeviceAddress DmaDevice { get; init; }

    public ulong DmaLength { get; init; }

    /// <summary>The packet pool, and the same as the device sees it.</summary>
    public PhysicalAddress Packets { get; init; }

    public DeviceAddress PacketsDevice { get; init; }

    /// <summary>Buffers in the pool; an even number, as two fill a page.</summary>
    public ulong PacketCount { get; init; }

    /// <summary>
    /// The service sees the packets' content. A driver does not, it gets their device addresses only; unless its device cannot put frames
    /// where they belong (<see cref="PacketCopier"/>).
    /// </summary>
    public bool ArePacketsVisible { get; init; }

    /// <summary>Two pages of each ring: the producer's, then the consumer's.</summary>
    public PhysicalAddress EventRing { get; init; }

    public PhysicalAddress RequestRing { get; init; }

    public RingSide Side { get; init; }

    /// <summary>What a driver is to tell its device.</summary>
    public InterruptMode Interrupts { get; init; }
}
