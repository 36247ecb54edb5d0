// All that a NIC driver may touch. Minted by the kernel, or by a host from what the kernel mapped for it. Back to: INicDriver.cs
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>A driver's grant: the only way from a driver to the machine. The descriptor memory is as large as the driver needs, and 4096-aligned.</summary>
public sealed class NicGrant(RegisterWindow window, DmaRegion dma, PacketWindow packets, Clock clock)
{
    /// <summary>The device's registers, in memory or behind ports: for drivers to whom it is the same.</summary>
    public RegisterWindow Window { get; } = window;

    /// <summary>The device's registers in memory. A driver that asks for them though it was granted ports is stopped.</summary>
    public MmioRegion Registers
    {
        get
        {
            MmioRegion? registers = Window as MmioRegion;
            GrantCheck.Has(registers, "no registers in memory were granted");
            return registers!;
        }
    }

    public DmaRegion Dma { get; } = dma;

    public PacketWindow Packets { get; } = packets;

    /// <summary>Null unless the NIC cannot do without it.</summary>
    public PacketCopier? Copier { get; init; }

    /// <summary>For drivers that cannot do without it; one that was granted none is stopped.</summary>
    public PacketCopier RequireCopier()
    {
        GrantCheck.Has(Copier, "no copies of packets were granted");
        return Copier!;
    }

    public Clock Clock { get; } = clock;

    /// <summary>How the host wants to hear of what the device has done.</summary>
    public InterruptMode Interrupts { get; init; }
}
