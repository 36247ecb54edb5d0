// What GRUB passes. Multiboot2 Specification 2.0, 3.6. Back to: NativeKit.cs
using RingOS.Kernel.Boot;

namespace RingOS.Kernel.Kits.Native;

/// <summary>Multiboot 2 information: a list of tags.</summary>
public sealed unsafe class Multiboot2(uint information)
{
    public const uint Magic = 0x36D76289;
    private const uint EndTag = 0;
    private const uint CommandLineTag = 1;
    private const uint ModuleTag = 3;
    private const uint MemoryMapTag = 6;
    private const uint AvailableMemory = 1;

    public BootInfo Read(KernelImage image)
    {
        BootInfoBuilder builder = new(image, isPathFirst: false);
        byte* start = (byte*)(BootInfoBuilder.DirectMapBase + information); // SAFETY: boot.asm maps 4 GiB there.
        for (byte* tag = start + 8; *(uint*)tag != EndTag; tag += (*(uint*)(tag + 4) + 7) & ~7u)
            ReadTag(builder, tag, information + (ulong)(tag - start));
        return builder.Build();
    }

    private static void ReadTag(BootInfoBuilder builder, byte* tag, ulong physical)
    {
        switch (*(uint*)tag)
        {
            case CommandLineTag:
                builder.SetCommandLine(physical + 8);
                break;
            case ModuleTag:
                builder.SetArchive(*(uint*)(tag + 8), *(uint*)(tag + 12));
                break;
            case MemoryMapTag:
                ReadMap(builder, tag);
                break;
        }
    }

    private static void ReadMap(BootInfoBuilder builder, byte* tag)
    {
        uint entrySize = *(uint*)(tag + 8);
        byte* end = tag + *(uint*)(tag + 4);
        for (byte* entry = tag + 16; entry < end; entry += entrySize)
        {
            if (*(uint*)(entry + 16) == AvailableMemory)
                builder.AddUsable(*(ulong*)entry, *(ulong*)(entry + 8));
        }
    }
}
