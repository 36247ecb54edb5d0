// service/nic-e1000e: the driver of the 82574L as a program of its own. Next: ../NicService.cs
using System.Runtime;
using RingOS.Drivers.E1000e;

namespace RingOS.Hosts.Service.E1000e;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        NicService service = NicService.Begin(startupBlock);
        return service.Run(new E1000eController(service.Grant, service.Events));
    }
}
