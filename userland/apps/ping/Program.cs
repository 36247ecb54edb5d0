// ping: the program's entry point. Next: PingOptions.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.Ping;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock) => PingCommand.Run(Startup.Begin(startupBlock));
}
