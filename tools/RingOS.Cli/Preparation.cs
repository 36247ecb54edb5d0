// What must be in place before a machine can boot. Back to: RunCommand.cs
using System;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Tools checked, images built.</summary>
internal static class Preparation
{
    /// <summary>Sees to the tools and builds the images, unless they are to be taken as they are.</summary>
    /// <param name="noBuild">Take what the last build has left.</param>
    /// <param name="uses">What the command does with the images.</param>
    /// <exception cref="RingOsException">A tool is missing or too old, or the build failed.</exception>
    public static async Task ImagesAsync(bool noBuild, ToolUse uses, CancellationToken cancellation)
    {
        await FoundTool.RequireAsync(noBuild ? uses : uses | ToolUse.Build, cancellation);
        if (noBuild)
            Images.Pack();
        else
            await WithStatusAsync("building", () => SolutionBuild.RunAsync(cancellation));
    }

    /// <summary>Sees to QEMU and asks whether this machine's KVM can run what is to be booted; before the build, which takes longer.</summary>
    /// <exception cref="RingOsException">It cannot, or there is no QEMU.</exception>
    public static async Task KvmAsync(MachineOptions machine, CancellationToken cancellation)
    {
        await FoundTool.RequireAsync(ToolUse.Boot, cancellation);
        await KvmProbe.RequireAsync(machine, cancellation);
    }

    /// <summary>The same for a kit's image.</summary>
    /// <exception cref="RingOsException">As above, or the Cosmos packages cannot be had, or its image is not there.</exception>
    public static async Task ImagesAsync(Kit kit, bool noBuild, ToolUse uses, CancellationToken cancellation)
    {
        if (kit == Kit.Native)
        {
            await ImagesAsync(noBuild, uses, cancellation);
            return;
        }
        if (noBuild)
            await FoundTool.RequireAsync(uses, cancellation);
        else
            await CosmosAsync(uses, cancellation);
        Kit.RequireCosmosIso();
    }

    /// <summary>Builds the Cosmos kit's image.</summary>
    /// <exception cref="RingOsException">A tool is missing or too old, the packages cannot be had, or the build failed.</exception>
    public static async Task CosmosAsync(ToolUse uses, CancellationToken cancellation)
    {
        await FoundTool.RequireAsync(uses | ToolUse.Build | ToolUse.Iso | ToolUse.Cosmos, cancellation);
        await WithStatusAsync("building with Cosmos", () => CosmosBuild.RunAsync(cancellation));
    }

    /// <summary>Shows a spinner while something goes on, if somebody watches.</summary>
    public static async Task WithStatusAsync(string what, Func<Task> work)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
            await work();
        else
            await Screen.Error.Status().StartAsync(what, _ => work());
    }
}
