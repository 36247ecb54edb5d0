// One machine with one fault in it: which kernel, which service, which words. Next: FaultLaboratory.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Host.Boot;
using RingOS.Host.Machines;

namespace RingOS.Host.Faults;

/// <summary>A machine of the matrix.</summary>
/// <param name="Placement">Where the driver lives.</param>
/// <param name="Fault">The row it belongs to.</param>
/// <param name="Word">What the guest is told to do: the row's name, or another way to the same end.</param>
public sealed record FaultTrial(Placement Placement, string Fault, string Word)
{
    private const string CanarySymbol = "kernel_canary"; // kernel/arch/x64/entry.asm

    // Here the driver is in the kernel's image; everywhere else in a service's.
    private static readonly string[] s_inKernelImage = ["monolithic", "software"];

    private static readonly string[] s_walledByLanguage = ["software"];

    /// <summary>The driver's code is part of the kernel's image.</summary>
    public bool IsInKernelImage => s_inKernelImage.Contains(Placement.Name);

    /// <summary>The kernel this machine boots.</summary>
    public string Kernel => IsInKernelImage ? Images.FaultyKernel : Images.Kernel;

    /// <summary>The compiler, not a machine, has the answer.</summary>
    public static bool IsForTheCompiler(Placement placement, string fault)
        => fault == Faults.Fault.Privileged && s_walledByLanguage.Contains(placement.Name);

    /// <summary>The machines of a cell; none where the compiler has the answer.</summary>
    public static IReadOnlyList<FaultTrial> Of(Placement placement, string fault)
    {
        if (IsForTheCompiler(placement, fault))
            return [];
        if (fault == Faults.Fault.WildWrite && s_walledByLanguage.Contains(placement.Name))
            return [new(placement, fault, fault), new(placement, fault, Faults.Fault.WildDma)];
        return [new(placement, fault, fault)];
    }

    /// <summary>The kernel's command line.</summary>
    /// <param name="options">Numbers.</param>
    /// <param name="canary">Address of the kernel's canary.</param>
    /// <param name="app">The program and its arguments.</param>
    /// <exception cref="RingOsException">The program's command line cannot be passed on.</exception>
    public string CommandLine(FaultOptions options, ulong canary, string app)
    {
        string address = Word == Faults.Fault.WildWrite ? string.Create(CultureInfo.InvariantCulture, $"@{canary:x}") : "";
        List<string> words =
        [
            string.Create(CultureInfo.InvariantCulture, $"restarts={options.Restarts}"),
            string.Create(CultureInfo.InvariantCulture, $"watchdog={options.WatchdogMilliseconds}"),
            string.Create(CultureInfo.InvariantCulture, $"fault={Word}{address},after={options.FaultyFrame}"),
        ];
        if (!IsInKernelImage)
            words.Add($"service={ProgramTable.FaultInjector.Name}");
        return string.Join(' ', [.. words, KernelCommandLine.Format(Placement.Name, NicModel.Default, app)]);
    }

    /// <summary>Where the kernel keeps the word that nobody writes.</summary>
    /// <exception cref="RingOsException">The image has no such symbol.</exception>
    public static ulong CanaryOf(string kernel)
        => ElfFile.Read(kernel).Symbols.FirstOrDefault(static symbol => symbol.Name == CanarySymbol)?.Address
            ?? throw new RingOsException($"{Repository.Display(kernel)} has no symbol {CanarySymbol}; build it anew with: ./ringos build");
}
