// service/nic-e1000-faulty: the real driver in the real host, and one fault between them, named by the argument: fault= of the kernel
// command line. Compare: drivers/hosts/Service/Program.cs. Next: drivers/hosts/Faulty/FaultyDriver.cs
using System.Runtime;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hardware;
using RingOS.Hosts.Faulty;
using RingOS.Hosts.Server;
using RingOS.Hosts.Service;
using RingOS.User;

namespace RingOS.Test.FaultInjector;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        FaultRequest? request = FaultRequest.Parse(arguments[1]);
        if (request is null)
            return (int)Status.InvalidArgument;
        ref readonly StartupBlock block = ref Startup.Block;
        EventWriter events = new(new EventRingProducer((nint)block.EventRingAddress), new StackNotification());
        NicGrant grant = ServiceGrant.Of(in block);
        INicDriver driver = new FaultyDriver(new E1000Controller(grant, events), request, new ServiceActs(grant));
        Status status = driver.Start();
        if (status != Status.Ok)
            return (int)status;
        bool polls = block.InterruptMode == (ulong)InterruptMode.Poll;
        NicServer server = new(driver, events, new RequestRingConsumer((nint)block.RequestRingAddress), polls);
        return (int)new ServiceHost(server, new PendingSignals(in block)).Run();
    }

    private sealed class ServiceActs(NicGrant grant) : NativeActs(grant)
    {
        private const int ExitCode = 1;

        public override void End() => Syscall.Exit(ExitCode);
    }
}
