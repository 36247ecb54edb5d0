// What the processor makes of page tables, written from the manual and not from the code under test. Back to: FakePhysicalMemory.cs
using System.Collections.Generic;
using RingOS.Kernel.Memory;

namespace RingOS.Tests.Unit.Memory;

/// <summary>A page as the processor sees it: permissions are the AND over all levels. Intel SDM vol. 3, 4.6.</summary>
internal sealed record HardwarePage(
    ulong Virtual, ulong Physical, ulong Size, bool Writable, bool User, bool Executable, bool Uncached, bool Global);

internal static class HardwareWalker
{
    public static List<HardwarePage> Walk(IPhysicalMemory memory, PhysicalAddress root)
    {
        var pages = new List<HardwarePage>();
        Walk(memory, root.Value, 4, 0, writable: true, user: true, executable: true, pages);
        return pages;
    }

    private static void Walk(
        IPhysicalMemory memory, ulong table, int level, ulong prefix, bool writable, bool user, bool executable, List<HardwarePage> pages)
    {
        for (ulong index = 0; index < 512; index++)
        {
            ulong entry = memory.Read64(new PhysicalAddress(table + index * 8));
            if ((entry & 1) == 0)
                continue;
            ulong size = 1ul << (12 + 9 * (level - 1));
            ulong start = prefix + index * size;
            if (level == 4 && index >= 256)
                start |= 0xFFFF_0000_0000_0000;
            bool w = writable && (entry & 2) != 0;
            bool u = user && (entry & 4) != 0;
            bool x = executable && (entry >> 63) == 0;
            ulong address = entry & 0x000F_FFFF_FFFF_F000;
            if (level == 1 || (level < 4 && (entry & 0x80) != 0))
                pages.Add(new HardwarePage(start, address, size, w, u, x, (entry & 0x18) == 0x18, (entry & 0x100) != 0));
            else
                Walk(memory, address, level - 1, start, w, u, x, pages);
        }
    }
}
