// The command's arguments, and one line for each offence. Next: DriverRules.cs
using System;
using System.Collections.Generic;
using System.IO;

namespace RingOS.DriverCheck;

/// <summary>Checks one driver, as the build does after compiling it: build/SafeDriver.targets.</summary>
public static class DriverCheckCommand
{
    private const int Refused = 1;
    private const int Misused = 2;

    /// <param name="arguments">The driver's assembly, then the reference assemblies it was compiled against.</param>
    /// <param name="report">Gets a line for each offence.</param>
    /// <returns>0 if there is none, 1 if there are some, 2 if a file cannot be read.</returns>
    public static int Run(string[] arguments, TextWriter report)
    {
        if (arguments.Length < 2)
        {
            report.WriteLine("error: usage: RingOS.DriverCheck DRIVER LIBRARY...");
            return Misused;
        }
        try
        {
            using ReferenceSurface references = new(arguments[1..]);
            IReadOnlyList<string> offences = new DriverRules(references).Check(arguments[0]);
            foreach (string offence in offences)
                report.WriteLine($"error: {offence}");
            return offences.Count == 0 ? 0 : Refused;
        }
        catch (Exception failure) when (failure is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            report.WriteLine($"error: {failure.Message.ReplaceLineEndings(" ")}");
            return Misused;
        }
    }
}
