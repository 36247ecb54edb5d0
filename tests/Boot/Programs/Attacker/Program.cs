// service/attacker: the real driver in the real host, in whichever ring, and one attack between them: fault=NAME[@ADDRESS] of the kernel
// command line. Compare: drivers/hosts/Service/Program.cs. Next: AttackingDriver.cs
using System.Runtime;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hardware;
using RingOS.Hosts.Server;
using RingOS.Hosts.Service;
using RingOS.User;

namespace RingOS.Test.Attacker;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        ref readonly StartupBlock block = ref Startup.Block;
        EventWriter events = new(new EventRingProducer((nint)block.EventRingAddress), new StackNotification());
        E1000Controller controller = new(ServiceGrant.Of(in block), events);
        INicDriver driver = new AttackingDriver(controller, new Attack(arguments[1], (ulong)startupBlock));
        Status status = driver.Start();
        if (status != Status.Ok)
            return (int)status;
        bool polls = block.InterruptMode == (ulong)InterruptMode.Poll;
        NicServer server = new(driver, events, new RequestRingConsumer((nint)block.RequestRingAddress), polls);
        return (int)new ServiceHost(server, new PendingSignals(in block)).Run();
    }
}
