// What Limine says, in the kernel's words. Limine protocol: "Memory Map", "Executable Address", "Module". Next: LimineExecutableAddress.cs
using System.Collections.Generic;
using Cosmos.Kernel.Boot.Limine;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>Reads Limine's answers into a <see cref="BootInfo"/>. The full .NET library is here, so lists may be used.</summary>
/// <param name="map">Which memory is what.</param>
/// <param name="modules">Files loaded beside the kernel; null if there are none.</param>
/// <param name="directMap">Virtual address of physical address 0.</param>
public sealed unsafe class LimineBootInfo(LimineMemmapResponse* map, LimineModuleResponse* modules, ulong directMap)
{
    /// <summary>Cosmos puts its heap into the largest usable range.</summary>
    public MemoryRange LargestUsable
    {
        get
        {
            MemoryRange largest = new(new PhysicalAddress(0), 0);
            foreach (MemoryRange range in RangesOf(LimineMemmapType.Usable))
                largest = range.Length > largest.Length ? range : largest;
            return largest;
        }
    }

    /// <summary>Whole pages of code, constants and data. A page that holds constants and something else gets the other's rights.</summary>
    /// <param name="bounds">See <see cref="AssemblySymbols.ImageBounds"/>.</param>
    /// <param name="address">Where Limine put the image.</param>
    public static KernelImage DescribeImage(ulong* bounds, LimineExecutableAddressResponse* address) => new()
    {
        PhysicalStart = address->PhysicalBase + (bounds[0] - address->VirtualBase),
        TextStart = bounds[0],
        ConstantsStart = Page.RoundUp(bounds[1]),
        DataStart = Page.RoundDown(bounds[2]),
        End = Page.RoundUp(bounds[3]),
    };

    /// <summary>Puts it all together.</summary>
    public BootInfo Build(KernelImage image, HeapLoan loan, byte[] commandLine)
    {
        List<MemoryRange> reserved = [.. RangesOf(LimineMemmapType.BootloaderReclaimable)]; // the stack we are on, the answers we read
        reserved.AddRange(RangesOf(LimineMemmapType.KernelAndModules));
        reserved.Add(loan.Below);
        reserved.Add(loan.Above);
        return new BootInfo
        {
            Usable = [.. RangesOf(LimineMemmapType.Usable)],
            Reserved = [.. reserved],
            Archive = FindArchive(),
            CommandLine = commandLine,
            DirectMapBase = directMap,
            Heap = new CosmosHeap(),
            Image = image,
        };
    }

    private MemoryRange FindArchive()
    {
        if (modules is null || modules->ModuleCount == 0)
            return new MemoryRange(new PhysicalAddress(0), 0);
        LimineFile* file = modules->Modules[0]; // SAFETY: Limine lists as many as it counts.
        return new MemoryRange(new PhysicalAddress((ulong)file->Address - directMap), file->Size);
    }

    private List<MemoryRange> RangesOf(LimineMemmapType type)
    {
        List<MemoryRange> ranges = [];
        for (ulong index = 0; index < map->EntryCount; index++)
        {
            LimineMemmapEntry* entry = map->Entries[index]; // SAFETY: as above.
            if (entry->Type == type)
                ranges.Add(new MemoryRange(new PhysicalAddress((ulong)entry->Base), entry->Length));
        }
        return ranges;
    }
}
