// All that a NIC driver may touch. Minted by the kernel, or by a host from what the kernel mapped for it. Back to: INicDriver.cs
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>A driver's grant: the only way from a driver to the machine. The descriptor memory is as large as the driver needs, and 4096-aligned.</summary>
public sealed class NicGrant(MmioRegion registers, DmaRegion dma, PacketWindow packets, Clock clock)
{
    public MmioRegion Registers { get; } = registers;

    public DmaRegion Dma { get; } = dma;

    public PacketWindow Packets { get; } = packets;

    public Clock Clock { get; } = clock;

    /// <summary>How the host wants to hear of what the device has done.</summary>
    public InterruptMode Interrupts { get; init; }
}
