// ringos archive: the boot archive for a kernel image that is not the solution's. Back to: BuildCommand.cs
using System;
using System.CommandLine;
using System.IO;
using RingOS.Host;
using RingOS.Host.Boot;

namespace RingOS.Cli;

/// <summary>The <c>archive</c> command. kernel/kits/Cosmos/BootArchive.targets calls it between its link and its image.</summary>
internal static class ArchiveCommand
{
    private static readonly Option<FileInfo> s_kernel = new("--kernel")
    {
        HelpName = "FILE",
        Description = "The kernel's ELF file, whose symbols a panic will name",
        DefaultValueFactory = static _ => new FileInfo(Images.Kernel),
    };

    private static readonly Option<FileInfo> s_output = new("--output")
    {
        HelpName = "FILE",
        Description = "The archive",
        DefaultValueFactory = static _ => new FileInfo(Images.Archive),
    };

    public static Command Create()
    {
        Command command = new("archive", "Writes the boot archive: the built programs, and a kernel's symbols") { s_kernel, s_output };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string output = parsed.GetRequiredValue(s_output).FullName;
        Images.PackFor(output, parsed.GetRequiredValue(s_kernel).FullName);
        Console.Out.WriteLine(Repository.Display(output));
        return 0;
    }
}
