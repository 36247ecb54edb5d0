// service/nic-e1000: the driver of the 82540EM as a program of its own. Next: ../NicService.cs
using System.Runtime;
using RingOS.Drivers.E1000;

namespace RingOS.Hosts.Service.E1000;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        NicService service = NicService.Begin(startupBlock);
        return service.Run(new E1000Controller(service.Grant, service.Events));
    }
}
