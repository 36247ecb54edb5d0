// iperf: the program's entry point. Next: IperfCommand.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.Iperf;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock) => IperfCommand.Run(Startup.Begin(startupBlock));
}
