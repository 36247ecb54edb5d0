// hello: the smallest program. The kernel starts it at _start (userland/lib/native), which calls user_main. Next: HelloCommand.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.Hello;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock) => HelloCommand.Run(Startup.Begin(startupBlock));
}
