// The supervisor of one service: started by the kernel as "supervisor RESTARTS driver|network" if the command line says restarts=. Next: DriverSupervisor.cs
using System;
using System.Runtime;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Supervisor;

internal static class Program
{
    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        if (!NumberParser.TryWhole(arguments[1], out ulong restarts))
            return (int)Status.InvalidArgument;
        return (int)new DriverSupervisor(restarts, isOfDriver: arguments[2].SequenceEqual("driver"u8)).Run();
    }
}
