// What a boot loader, or another kit's runtime, hands to the kernel. Next: CommandLine.cs
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Boot;

/// <summary>All the kernel knows of how it was booted.</summary>
public sealed class BootInfo
{
    /// <summary>RAM that nobody uses; holes and firmware left out.</summary>
    public required MemoryRange[] Usable { get; init; }

    /// <summary>Further ranges that found no room in the loader's table, and are not used.</summary>
    public int IgnoredRanges { get; init; }

    /// <summary>Parts of it that are taken: the kernel's image, the archive, what the loader left.</summary>
    public required MemoryRange[] Reserved { get; init; }

    /// <summary>The boot archive in physical memory; length 0 if there is none.</summary>
    public required MemoryRange Archive { get; init; }

    /// <summary>Words and the program to run; see BootProtocol.</summary>
    public required byte[] CommandLine { get; init; }

    /// <summary>Where all physical memory is mapped while booting.</summary>
    public required ulong DirectMapBase { get; init; }

    /// <summary>The heap of this kit; null if it is not to be watched.</summary>
    public IKernelHeap? Heap { get; init; }

    /// <summary>The kernel's own image; null if whoever loaded it keeps it mapped with the right permissions.</summary>
    public KernelImage? Image { get; init; }
}

/// <summary>Sections of the kernel's image, page-aligned virtual addresses; each ends where the next starts.</summary>
public sealed class KernelImage
{
    public required ulong PhysicalStart { get; init; }

    public required ulong TextStart { get; init; }

    public required ulong ConstantsStart { get; init; }

    public required ulong DataStart { get; init; }

    public required ulong End { get; init; }
}
