// ringos iso: a bootable CD image. Next: BuildCommand.cs
using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;

namespace RingOS.Cli;

/// <summary>The <c>iso</c> command.</summary>
internal static class IsoCommand
{
    private static readonly Option<string> s_placement = SharedOptions.Placement();
    private static readonly Option<string> s_nic = SharedOptions.Nic();
    private static readonly Option<string> s_app = SharedOptions.App("hello");
    private static readonly Option<bool> s_noBuild = SharedOptions.NoBuild();

    private static readonly Option<FileInfo> s_output = new("--output")
    {
        HelpName = "FILE",
        Description = "The image",
        DefaultValueFactory = static _ => new FileInfo(Path.Combine(Repository.BootFolder, "ringos.iso")),
    };

    public static Command Create()
    {
        Command command = new("iso", "Writes a CD image that boots RingOS through GRUB") { s_placement, s_nic, s_app, s_output, s_noBuild };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string app = parsed.GetRequiredValue(s_app);
        Placement placement = Placement.Named(parsed.GetRequiredValue(s_placement));
        NicModel nic = NicModel.Named(parsed.GetRequiredValue(s_nic));
        ProgramTable.RequireApplication(app);
        AtomicFile.Check(parsed.GetRequiredValue(s_output).FullName); // an impossible place is told before the work
        string commandLine = KernelCommandLine.Format(placement.Name, nic.Name, app);
        string output = parsed.GetRequiredValue(s_output).FullName;
        await Preparation.ImagesAsync(parsed.GetValue(s_noBuild), ToolUse.Iso, cancellation);
        await IsoImage.WriteAsync(output, Images.Kernel, Images.Archive, commandLine, cancellation);
        Console.Out.WriteLine(Repository.Display(output));
        return 0;
    }
}
