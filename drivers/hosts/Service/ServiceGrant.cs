// Nothing but what the kernel mapped for this process. Back to: NicService.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Hosts.Service;

/// <summary>The driver's grant, out of the start-up page.</summary>
public static class ServiceGrant
{
    public static NicGrant Of(ref readonly StartupBlock block)
        => new(
            new MappedMmioRegion((nint)block.RegistersAddress, (uint)block.RegistersLength),
            new DmaRegion((nint)block.DmaAddress, new DeviceAddress(block.DmaDeviceAddress), (int)block.DmaLength),
            new PacketWindow(new DeviceAddress(block.PacketsDeviceAddress), (int)block.PacketCount),
            new TimeStampClock(block.TicksPerSecond))
        {
            Interrupts = (InterruptMode)block.InterruptMode,
        };
}
