// A NIC driver service: from the grant in its start-up page to a running host. Next: ServiceHost.cs
using System.Runtime;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.Hosts.Service;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        _ = Startup.Begin(startupBlock);
        ref readonly StartupBlock block = ref Startup.Block;
        EventWriter events = new(new EventRingProducer((nint)block.EventRingAddress));
        INicDriver driver = new E1000Controller(MintGrant(in block), events);
        Status status = driver.Start();
        if (status == Status.Ok)
            status = new ServiceHost(driver, events, new PendingSignals(in block)).Run();
        return (int)status;
    }

    // Nothing but what the kernel mapped for this process.
    private static NicGrant MintGrant(ref readonly StartupBlock block)
        => new(
            new MappedMmioRegion((nint)block.RegistersAddress, (uint)block.RegistersLength),
            new DmaRegion((nint)block.DmaAddress, new DeviceAddress(block.DmaDeviceAddress), (int)block.DmaLength),
            new PacketWindow(new DeviceAddress(block.PacketsDeviceAddress), (int)block.PacketCount),
            new TimeStampClock(block.TicksPerSecond));
}
