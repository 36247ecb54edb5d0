// language: one line a case, "ok NAME" or "FAILED NAME: WHY"; the exit code is the number of failures. language NAME: one case of
// FaultCases. Read by: tests/Boot/LanguageTests.cs. Next: Trial.cs
using System.Runtime;
using RingOS.User;

namespace RingOS.Test.Language;

internal static class Program
{
    private const int NotStopped = 40;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        if (arguments.Count > 1)
        {
            FaultCases.Run(arguments[1]);
            Console.WriteLine("it was not stopped"u8);
            return NotStopped;
        }
        ArrayCases.Run();
        SpanCases.Run();
        CastCases.Run();
        BoxCases.Run();
        DelegateCases.Run();
        InterfaceCases.Run();
        StaticCases.Run();
        Console.WriteLine("all cases have run"u8);
        return Trial.Failures;
    }
}
