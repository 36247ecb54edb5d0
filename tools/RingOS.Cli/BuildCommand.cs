// ringos build: everything, and with --kit cosmos the kernel as a Cosmos project too. Next: ArchiveCommand.cs
using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;

namespace RingOS.Cli;

/// <summary>The <c>build</c> command.</summary>
internal static class BuildCommand
{
    private static readonly Option<string> s_kit = SharedOptions.Kit();

    public static Command Create()
    {
        Command command = new("build", "Builds the images and the boot archive") { s_kit };
        command.SetAction(static (parsed, cancellation) => Kit.Named(parsed.GetRequiredValue(s_kit)) == Kit.Cosmos
            ? BuildCosmosAsync(cancellation)
            : BuildNativeAsync(cancellation));
        return command;
    }

    private static async Task<int> BuildNativeAsync(CancellationToken cancellation)
    {
        await FoundTool.RequireAsync(ToolUse.Build, cancellation);
        await Preparation.WithStatusAsync("building", () => SolutionBuild.RunAsync(cancellation));
        Console.Out.WriteLine(Repository.Display(Images.Kernel));
        Console.Out.WriteLine(Repository.Display(Images.Archive));
        return 0;
    }

    private static async Task<int> BuildCosmosAsync(CancellationToken cancellation)
    {
        await Preparation.CosmosAsync(ToolUse.Build, cancellation);
        Console.Out.WriteLine(Repository.Display(Images.CosmosIso));
        return 0;
    }
}
