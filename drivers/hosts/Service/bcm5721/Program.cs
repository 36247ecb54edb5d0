// service/nic-bcm5721: the driver of the BCM5721 as a program of its own. Next: ../NicService.cs
using System.Runtime;
using RingOS.Drivers.Bcm5721;

namespace RingOS.Hosts.Service.Bcm5721;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        NicService service = NicService.Begin(startupBlock);
        return service.Run(new Bcm5721Controller(service.Grant, service.Events));
    }
}
