// What QEMU's -kernel passes. Multiboot Specification 0.6.96, 3.3. Next: Multiboot2.cs
using RingOS.Kernel.Boot;

namespace RingOS.Kernel.Kits.Native;

/// <summary>Multiboot 1 information.</summary>
public sealed unsafe class Multiboot1(uint information)
{
    public const uint Magic = 0x2BADB002;
    private const int CommandLine = 16;
    private const int ModuleCount = 20;
    private const int ModuleAddress = 24;
    private const int MapLength = 44;
    private const int MapAddress = 48;
    private const uint AvailableMemory = 1;

    public BootInfo Read(KernelImage image)
    {
        BootInfoBuilder builder = new(image, isPathFirst: true);
        byte* start = At(information);
        builder.SetCommandLine(*(uint*)(start + CommandLine));
        if (*(uint*)(start + ModuleCount) != 0)
        {
            uint* module = (uint*)At(*(uint*)(start + ModuleAddress));
            builder.SetArchive(module[0], module[1]);
        }
        // An entry: its own size without this field, 64-bit start, 64-bit length, type.
        byte* end = At(*(uint*)(start + MapAddress)) + *(uint*)(start + MapLength);
        for (byte* entry = At(*(uint*)(start + MapAddress)); entry < end; entry += *(uint*)entry + 4)
        {
            if (*(uint*)(entry + 20) == AvailableMemory)
                builder.AddUsable(*(ulong*)(entry + 4), *(ulong*)(entry + 12));
        }
        return builder.Build();
    }

    private static byte* At(uint physical) => (byte*)(BootInfoBuilder.DirectMapBase + physical); // SAFETY: boot.asm maps 4 GiB there.
}
