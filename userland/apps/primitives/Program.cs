// primitives: the program's entry point. Next: Yardsticks.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.Primitives;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock) => PrimitivesCommand.Run(Startup.Begin(startupBlock));
}
