// The end of an address space: every owned frame and every table of its low half goes back. Next: AddressSpace.cs
using RingOS.Abi;

namespace RingOS.Kernel.Memory;

/// <summary>Takes a process's page tables apart. They must not be loaded any more.</summary>
internal sealed class PageTableReclaim(IPhysicalMemory memory, FrameAllocator frames)
{
    /// <summary>Frees owned pages, tables and the root; the high half is not touched. The first refusal of a frame, which is a kernel bug, is returned.</summary>
    public Status Run(PhysicalAddress root)
    {
        Status status = ReclaimEntries(root, PageTable.RootLevel, PageTable.EntriesPerHalf);
        return First(status, frames.Free(root));
    }

    private Status ReclaimEntries(PhysicalAddress table, int level, ulong count)
    {
        Status status = Status.Ok;
        for (ulong i = 0; i < count; i++)
        {
            PhysicalAddress slot = table.Plus(i * sizeof(ulong));
            var entry = new PageTableEntry(memory.Read64(slot));
            if (!entry.IsPresent)
                continue;
            memory.Write64(slot, 0);
            status = First(status, Reclaim(entry, level));
        }

        return status;
    }

    private Status Reclaim(PageTableEntry entry, int level)
    {
        bool isPage = level == 1 || (level < PageTable.RootLevel && entry.IsLarge);
        if (isPage)
            return entry.IsOwned ? frames.Free(entry.Address) : Status.Ok;
        Status status = ReclaimEntries(entry.Address, level - 1, PageTable.EntriesPerTable);
        return First(status, frames.Free(entry.Address));
    }

    private static Status First(Status first, Status second) => first != Status.Ok ? first : second;
}
