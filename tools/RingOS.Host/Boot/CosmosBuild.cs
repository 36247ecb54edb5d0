// Builds the kernel as a Cosmos project: kernel/kits/Cosmos. Next: Kit.cs
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Boot;

/// <summary>The build of the Cosmos kit's image.</summary>
public static class CosmosBuild
{
    /// <summary>MSB4236: an SDK cannot be resolved; NU1101, NU1102: no such package, no such version.</summary>
    private static readonly string[] s_missingPackage = ["MSB4236", "NU1101", "NU1102"];

    private static string Project => Path.Combine(Repository.Root, "kernel", "kits", "Cosmos", "RingOS.Kernel.Cosmos.csproj");

    /// <summary>Builds the solution, which has what goes into the archive, then the image.</summary>
    /// <exception cref="RingOsException">The packages cannot be had, or the build failed; the message holds its errors.</exception>
    public static async Task RunAsync(CancellationToken cancellation)
    {
        await SolutionBuild.RunAsync(cancellation);
        try
        {
            await SolutionBuild.BuildAsync(Project, cancellation);
        }
        catch (RingOsException failure) when (IsMissingPackage(failure.Message))
        {
            throw new RingOsException("the Cosmos packages (Cosmos.Sdk 3.0.82) are not on the configured NuGet feeds; "
                + "add one that has them with: dotnet nuget add source URL");
        }
    }

    /// <summary>Whether a build failed because a feed lacks a package.</summary>
    public static bool IsMissingPackage(string message)
        => s_missingPackage.Any(code => message.Contains(code, StringComparison.Ordinal));
}
