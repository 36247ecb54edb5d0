// The two ways to a kernel image: our own core library and boot code, or Cosmos's. Next: Images.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Host.Boot;

/// <summary>A kit: what the kernel is compiled against and booted by (kernel/kits).</summary>
public sealed record Kit
{
    /// <summary>Our own core library; QEMU loads kernel and archive.</summary>
    public static readonly Kit Native = new("native", Images.Kernel, SetKernel);

    /// <summary>Cosmos's .NET runtime; Limine loads kernel and archive from an image of a CD.</summary>
    public static readonly Kit Cosmos = new("cosmos", Images.CosmosKernel, SetIso);

    public static readonly IReadOnlyList<Kit> All = [Native, Cosmos];

    private readonly Func<MachineOptions, MachineOptions> _boot;

    private Kit(string name, string kernel, Func<MachineOptions, MachineOptions> boot)
    {
        Name = name;
        Kernel = kernel;
        _boot = boot;
    }

    public string Name { get; }

    /// <summary>The ELF file with its symbols.</summary>
    public string Kernel { get; }

    /// <summary>What Cosmos says of itself while it boots and when it takes memory.</summary>
    public static string CosmosLog => Path.Combine(Repository.LogFolder, "cosmos.txt");

    /// <exception cref="RingOsException">There is no such kit.</exception>
    public static Kit Named(string name)
        => All.FirstOrDefault(kit => kit.Name == name)
            ?? throw new RingOsException($"unknown kit '{name}'; there is: {Names}", exitCode: 2);

    /// <summary>All names, for people.</summary>
    public static string Names => string.Join(", ", All.Select(static kit => kit.Name));

    /// <summary>The same machine with this kit's image in it. Program and placement are the options' command line with either.</summary>
    public MachineOptions Boot(MachineOptions machine) => _boot(machine);

    /// <exception cref="RingOsException">The Cosmos kit's image is not there.</exception>
    public static void RequireCosmosIso()
    {
        if (!File.Exists(Images.CosmosIso))
            throw new RingOsException($"{Repository.Display(Images.CosmosIso)} has not been built; build it with: ./ringos build --kit cosmos");
    }

    public override string ToString() => Name;

    private static MachineOptions SetKernel(MachineOptions machine) => machine with { Kernel = Images.Kernel, Archive = Images.Archive };

    private static MachineOptions SetIso(MachineOptions machine)
    {
        RequireCosmosIso();
        Directory.CreateDirectory(Repository.LogFolder);
        return machine with
        {
            Kernel = null,
            Archive = null,
            Iso = Images.CosmosIso,
            ExtraArguments = [.. machine.ExtraArguments, "-debugcon", $"file:{CosmosLog}"],
        };
    }
}
