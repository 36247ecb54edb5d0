// Nothing but what the kernel mapped for this process. Back to: NicService.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Hosts.Service;

/// <summary>The driver's grant, out of the start-up page.</summary>
public static class ServiceGrant
{
    public static NicGrant Of(ref readonly StartupBlock block)
        => new(
            WindowOf(in block),
            new DmaRegion((nint)block.DmaAddress, new DeviceAddress(block.DmaDeviceAddress), (int)block.DmaLength),
            new PacketWindow(new DeviceAddress(block.PacketsDeviceAddress), (int)block.PacketCount),
            new TimeStampClock(block.TicksPerSecond))
        {
            Interrupts = (InterruptMode)block.InterruptMode,
            Copier = block.PacketsAddress == 0 ? null : new PacketPool((nint)block.PacketsAddress, (int)block.PacketCount).CreateCopier(),
        };

    // Ports take the place of registers in memory.
    private static RegisterWindow WindowOf(ref readonly StartupBlock block)
        => block.PortCount != 0
            ? new PortRegion(new ServicePorts(), (ushort)block.FirstPort, (uint)block.PortCount)
            : new MappedMmioRegion((nint)block.RegistersAddress, (uint)block.RegistersLength);
}
