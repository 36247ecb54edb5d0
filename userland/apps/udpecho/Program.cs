// udpecho: the program's entry point. Next: UdpEchoOptions.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.UdpEcho;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock) => UdpEchoCommand.Run(Startup.Begin(startupBlock));
}
