// The command: reads an image, reports in MSBuild's form so that a build shows it. Next: SseScan.cs
using System.Collections.Generic;
using System.IO;
using RingOS.Host;
using RingOS.Host.Boot;

namespace RingOS.ImageCheck;

/// <summary>What the tool does, apart from being a process.</summary>
public static class KernelImageCheck
{
    /// <summary>Checks one image.</summary>
    /// <param name="arguments">The path of an ELF file.</param>
    /// <param name="report">Takes one line for each offence.</param>
    /// <returns>0 if the image is clean, 1 if not, 2 if it cannot be read.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter report)
    {
        if (arguments.Count != 1)
        {
            report.WriteLine("usage: RingOS.ImageCheck ELF");
            return 2;
        }
        try
        {
            return Check(arguments[0], report);
        }
        catch (RingOsException failure)
        {
            report.WriteLine($"RingOS.ImageCheck: {failure.Message}");
            return 2;
        }
    }

    private static int Check(string path, TextWriter report)
    {
        int offences = 0;
        ElfFile image = ElfFile.Read(path);
        foreach (SseUse use in SseScan.Find(image, File.ReadAllBytes(path)))
        {
            report.WriteLine($"{path} : error RINGOS1: {use.Method} uses an SSE register at 0x{use.Address:x}: {use.Instruction}");
            offences++;
        }
        return offences == 0 ? 0 : 1;
    }
}
