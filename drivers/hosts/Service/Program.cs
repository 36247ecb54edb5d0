// A NIC driver service: from the grant in its start-up page to a running host. Next: ServiceHost.cs
using System.Runtime;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hardware;
using RingOS.Hosts.Server;
using RingOS.User;

namespace RingOS.Hosts.Service;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        _ = Startup.Begin(startupBlock);
        ref readonly StartupBlock block = ref Startup.Block;
        EventWriter events = new(new EventRingProducer((nint)block.EventRingAddress), new StackNotification());
        INicDriver driver = new E1000Controller(ServiceGrant.Of(in block), events);
        Status status = driver.Start();
        if (status != Status.Ok)
            return (int)status;
        bool polls = block.InterruptMode == (ulong)InterruptMode.Poll;
        NicServer server = new(driver, events, new RequestRingConsumer((nint)block.RequestRingAddress), polls);
        return (int)new ServiceHost(server, new PendingSignals(in block)).Run();
    }
}
