// Options that several commands have. Back to: Program.cs
using System.CommandLine;
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Cli;

/// <summary>Makes options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<string> Placement() => new("--placement")
    {
        HelpName = "P",
        Description = "Where the NIC driver lives: "
            + string.Join("; ", Host.Machines.Placement.All.Select(static placement => $"{placement.Name} = {placement.Meaning}")),
        DefaultValueFactory = static _ => Host.Machines.Placement.All[0].Name,
    };

    public static Option<string> Nic() => new("--nic")
    {
        HelpName = "NIC",
        Description = "The NIC and its driver: " + string.Join(", ", NicModel.All.Select(static nic => nic.Name)),
        DefaultValueFactory = static _ => NicModel.Default,
    };

    public static Option<string> Io() => new("--io")
    {
        HelpName = "WINDOW",
        Description = "Where the driver finds the NIC's registers: "
            + string.Join("; ", NicModel.All.Select(static nic => $"{nic.Name}: {string.Join(", ", nic.Windows)}")),
        DefaultValueFactory = static _ => NicModel.DefaultWindow,
    };

    public static Option<string> Accelerator() => new("--accel")
    {
        HelpName = "ACCELERATOR",
        Description = "What executes the guest: tcg = QEMU's translator; kvm = this machine's processor, in real time, which counts no instructions",
        DefaultValueFactory = static _ => Accelerators.Words[0],
    };

    public static Option<string> App(string defaultApp) => new("--app")
    {
        HelpName = "\"PROGRAM ARGUMENTS\"",
        Description = "The program to run, and its arguments",
        DefaultValueFactory = _ => defaultApp,
    };

    /// <summary>The one of every command that boots machines.</summary>
    public static Option<string?> Qemu { get; } = new("--qemu")
    {
        HelpName = "PATH",
        Description = $"Another QEMU to boot with than the {Host.Machines.Qemu.Name} on PATH; {Host.Machines.Qemu.Variable} says the same",
    };

    public static Option<string> Kit() => new("--kit")
    {
        HelpName = "KIT",
        Description = "native: our own core library and boot code; cosmos: the same kernel as a Cosmos Gen3 project",
        DefaultValueFactory = static _ => Host.Boot.Kit.Native.Name,
    };

    public static Option<bool> NoBuild() => new("--no-build") { Description = "Takes the images as they are" };
}
