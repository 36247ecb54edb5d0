// fuzz [NUMBER]: random system calls, as etc/fuzz says. The same image is program 1, its companions, and the service they call, which
// gets no number. Next: RawCalls.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.Test.Fuzz;

internal static class Program
{
    private const int NoPlan = 30;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        if (FuzzPlan.Read() is not { } plan)
            return NoPlan;
        if (plan.IsServer)
            return FuzzServer.Run();
        if (!NumberParser.TryWhole(arguments[1], out ulong number))
            return new FuzzPeer(plan, FuzzPeer.ServiceNumber, isService: true).Run();
        return number == 1 ? new FuzzMain(plan).Run() : new FuzzPeer(plan, number, isService: false).Run();
    }
}
