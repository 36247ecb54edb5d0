// netstat: the program's entry point. Next: NetstatCommand.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.Netstat;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock) => NetstatCommand.Run(Startup.Begin(startupBlock));
}
