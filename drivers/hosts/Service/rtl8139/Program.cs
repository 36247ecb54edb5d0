// service/nic-rtl8139: the driver of the RTL8139 as a program of its own. Next: ../NicService.cs
using System.Runtime;
using RingOS.Drivers.Rtl8139;

namespace RingOS.Hosts.Service.Rtl8139;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        NicService service = NicService.Begin(startupBlock);
        return service.Run(new Rtl8139Controller(service.Grant, service.Events));
    }
}
