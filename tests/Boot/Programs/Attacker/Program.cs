// service/attacker: the real driver in the real host, in whichever ring, and one attack between them: fault=NAME[@ADDRESS] of the kernel
// command line. Compare: drivers/hosts/Service/e1000e/Program.cs. Next: AttackingDriver.cs
using System.Runtime;
using RingOS.Drivers.E1000e;
using RingOS.Hosts.Service;

namespace RingOS.Test.Attacker;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        NicService service = NicService.Begin(startupBlock);
        E1000eController controller = new(service.Grant, service.Events);
        return service.Run(new AttackingDriver(controller, new Attack(service.Arguments[1], (ulong)startupBlock)));
    }
}
