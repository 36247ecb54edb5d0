// service/nic-e1000e-faulty: the real driver in the real host, and one fault between them, named by the argument: fault= of the kernel
// command line. Compare: drivers/hosts/Service/e1000e/Program.cs. Next: drivers/hosts/Faulty/FaultyDriver.cs
using System.Runtime;
using RingOS.Abi;
using RingOS.Drivers.E1000e;
using RingOS.Hardware;
using RingOS.Hosts.Faulty;
using RingOS.Hosts.Service;
using RingOS.User;

namespace RingOS.Test.FaultInjector;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        NicService service = NicService.Begin(startupBlock);
        FaultRequest? request = FaultWords.Parse(service.Arguments[1]);
        if (request is null)
            return (int)Status.InvalidArgument;
        E1000eController controller = new(service.Grant, service.Events);
        return service.Run(new FaultyDriver(controller, request, new ServiceActs(service.Grant)));
    }

    private sealed class ServiceActs(NicGrant grant) : NativeActs(grant)
    {
        private const int ExitCode = 1;

        public override void End() => Syscall.Exit(ExitCode);
    }
}
