// ringos build: everything, or the kernel as a Cosmos project. Next: TestCommand.cs
using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;

namespace RingOS.Cli;

/// <summary>The <c>build</c> command.</summary>
internal static class BuildCommand
{
    private const string Native = "native";
    private const string Cosmos = "cosmos";

    private static readonly Option<string> s_kit = new("--kit")
    {
        HelpName = "KIT",
        Description = "native: our own kernel image and everything else; cosmos: the kernel as a Cosmos Gen3 project",
        DefaultValueFactory = static _ => Native,
    };

    public static Command Create()
    {
        Command command = new("build", "Builds the images and the boot archive") { s_kit };
        command.SetAction(static (parsed, cancellation) => parsed.GetRequiredValue(s_kit) switch
        {
            Native => BuildNativeAsync(cancellation),
            Cosmos => BuildCosmosAsync(cancellation),
            string kit => throw new RingOsException($"unknown kit '{kit}'; there is: {Native}, {Cosmos}", exitCode: 2),
        });
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
        await FoundTool.RequireAsync(ToolUse.Build, cancellation);
        string folder = Path.Combine(Repository.Root, "kernel", "kits", "Cosmos");
        string project = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.csproj").FirstOrDefault(folder) : folder;
        try
        {
            await Preparation.WithStatusAsync("building with Cosmos", () => SolutionBuild.BuildAsync(project, cancellation));
        }
        catch (RingOsException failure) when (IsMissingPackage(failure.Message))
        {
            throw new RingOsException("the Cosmos packages (Cosmos.Sdk 3.0.82) are not on the configured NuGet feeds; "
                + "add one that has them with: dotnet nuget add source URL");
        }
        Console.Out.WriteLine("built kernel/kits/Cosmos");
        return 0;
    }

    // MSB4236: an SDK cannot be resolved; NU1101, NU1102: no such package, no such version.
    private static bool IsMissingPackage(string message)
        => new[] { "MSB4236", "NU1101", "NU1102" }.Any(code => message.Contains(code, StringComparison.Ordinal));
}
