// Four levels of tables from a virtual to a physical address. Intel SDM vol. 3, 4.5. Next: PageTableReclaim.cs
using RingOS.Abi;

namespace RingOS.Kernel.Memory;

/// <summary>
/// The page tables below one root (what CR3 holds). The rules of this class: no page is writable and executable (W^X); ring 3
/// has nothing in the high half and <see cref="PageFlags.Global"/> nothing in the low half; nothing is mapped over.
/// An operation that fails changes nothing.
/// </summary>
/// <remarks>
/// It only writes tables. After <see cref="Unmap"/> and <see cref="Protect"/> in tables that are loaded, the caller flushes the
/// processor's translations of that page (invlpg) before anything else; new mappings need no flush.
/// </remarks>
public sealed class PageTable
{
    internal const int RootLevel = 4;
    internal const ulong EntriesPerTable = 512;
    internal const ulong EntriesPerHalf = EntriesPerTable / 2;
    private const PageFlags KnownFlags = PageFlags.UserData | PageFlags.Uncached | PageFlags.Global | PageFlags.Owned | PageFlags.Key3;

    private readonly IPhysicalMemory _memory;
    private readonly FrameAllocator _frames;

    // Once the high half is shared, its root entries are fixed: a new one would be missing in the other address spaces.
    private bool _isHighHalfShared;

    /// <param name="memory">Where tables are read and written.</param>
    /// <param name="frames">Where tables come from.</param>
    /// <param name="root">A root table, cleared or filled.</param>
    public PageTable(IPhysicalMemory memory, FrameAllocator frames, PhysicalAddress root)
    {
        _memory = memory;
        _frames = frames;
        Root = root;
    }

    /// <summary>The frame of the root table, for CR3.</summary>
    public PhysicalAddress Root { get; }

    /// <summary>An empty table. NoMemory if there is no frame for its root.</summary>
    public static Status Create(IPhysicalMemory memory, FrameAllocator frames, out PageTable? table)
    {
        table = null;
        Status status = frames.AllocateFrame(out PhysicalAddress root);
        if (status != Status.Ok)
            return status;
        memory.ClearFrame(root);
        table = new PageTable(memory, frames, root);
        return Status.Ok;
    }

    /// <summary>
    /// Makes the root entry of an address in the high half, so that what is mapped there later is seen by every address
    /// space. Needed before the first of them is made.
    /// </summary>
    public Status Reserve(VirtualAddress address)
    {
        if (!address.IsCanonical || address.IsLowHalf)
            return Status.InvalidArgument;
        return FindOrMakeSlot(address, RootLevel - 1, out _);
    }

    /// <summary>Maps a page of 4096 bytes.</summary>
    /// <returns>InvalidArgument: unaligned, not canonical, mapped already, or against the rules above. NoMemory: no frame for a table.
    /// NotPermitted: it would need a new root entry in the high half, which is shared already.</returns>
    public Status Map(VirtualAddress page, PhysicalAddress frame, PageFlags flags) => MapLeaf(page, frame, flags, level: 1);

    /// <summary>Maps a page of 2 MiB; otherwise as <see cref="Map"/>.</summary>
    public Status Map2M(VirtualAddress page, PhysicalAddress start, PageFlags flags) => MapLeaf(page, start, flags, level: 2);

    /// <summary>Maps consecutive pages to consecutive frames, all or none; <paramref name="length"/> is a multiple of 4096, not 0.</summary>
    public Status MapRange(VirtualAddress start, PhysicalAddress physical, ulong length, PageFlags flags)
    {
        if (!IsRange(start, length) || physical.Value > PhysicalAddress.Limit - length)
            return Status.InvalidArgument;
        for (ulong offset = 0; offset < length; offset += Page.Size)
        {
            Status status = Map(start.Plus(offset), physical.Plus(offset), flags);
            if (status == Status.Ok)
                continue;
            Status undone = UnmapBackwards(start, offset);
            return undone == Status.Ok ? status : undone;
        }

        return Status.Ok;
    }

    /// <summary>Unmaps one page of any size, given its first address, and frees tables that became empty. InvalidArgument if there is none.</summary>
    public Status Unmap(VirtualAddress page)
    {
        if (!FindLeaf(page, out PhysicalAddress slot, out int level) || !page.IsAligned(SizeOf(level)))
            return Status.InvalidArgument;
        _memory.Write64(slot, 0);
        return Prune(page, Root, RootLevel);
    }

    /// <summary>Changes what may be done with a mapped page, given its first address. InvalidArgument: not mapped, or against the rules.</summary>
    public Status Protect(VirtualAddress page, PageFlags flags)
    {
        if (!IsAllowed(page, flags) || !FindLeaf(page, out PhysicalAddress slot, out int level) || !page.IsAligned(SizeOf(level)))
            return Status.InvalidArgument;
        var entry = new PageTableEntry(_memory.Read64(slot));
        PageFlags owned = entry.Flags & PageFlags.Owned;
        PhysicalAddress start = new(entry.Address.Value & ~(SizeOf(level) - 1));
        _memory.Write64(slot, PageTableEntry.Leaf(start, flags | owned, level > 1).Value);
        return Status.Ok;
    }

    /// <summary>Where an address leads and what is allowed there. BadAddress if it is not mapped.</summary>
    public Status Translate(VirtualAddress address, out PhysicalAddress physical, out PageFlags flags)
    {
        physical = default;
        flags = PageFlags.None;
        if (!FindLeaf(address, out PhysicalAddress slot, out int level))
            return Status.BadAddress;
        var entry = new PageTableEntry(_memory.Read64(slot));
        ulong inPage = SizeOf(level) - 1;
        physical = new PhysicalAddress((entry.Address.Value & ~inPage) | (address.Value & inPage));
        flags = entry.Flags;
        return Status.Ok;
    }

    /// <summary>Copies the root entries of the kernel's half into another, empty root; from now on both see the same high half.</summary>
    internal void ShareHighHalf(PageTable other)
    {
        _isHighHalfShared = true;
        other._isHighHalfShared = true;
        for (ulong i = EntriesPerHalf; i < EntriesPerTable; i++)
            _memory.Write64(other.Root.Plus(i * sizeof(ulong)), _memory.Read64(Root.Plus(i * sizeof(ulong))));
    }

    private static ulong SizeOf(int level) => Page.Size << (9 * (level - 1));

    private static PhysicalAddress SlotIn(PhysicalAddress table, VirtualAddress address, int level)
        => table.Plus(address.TableIndex(level) * sizeof(ulong));

    private static bool IsAllowed(VirtualAddress page, PageFlags flags)
    {
        PageFlags refused = page.IsLowHalf ? PageFlags.Global : PageFlags.User;
        bool isWritable = (flags & PageFlags.Writable) != 0;
        bool isExecutable = (flags & PageFlags.NoExecute) == 0;
        return page.IsCanonical && (flags & ~KnownFlags) == 0 && (flags & refused) == 0 && !(isWritable && isExecutable);
    }

    // Whole pages, and both ends in the same half.
    private static bool IsRange(VirtualAddress start, ulong length)
        => length != 0 && start.IsPageAligned && Page.IsAligned(length) && length - 1 <= ulong.MaxValue - start.Value
            && start.IsCanonical && start.Plus(length - 1).IsCanonical && start.IsLowHalf == start.Plus(length - 1).IsLowHalf;

    private Status MapLeaf(VirtualAddress page, PhysicalAddress target, PageFlags flags, int level)
    {
        ulong size = SizeOf(level);
        if (!page.IsAligned(size) || !target.IsAligned(size) || target.Value >= PhysicalAddress.Limit || !IsAllowed(page, flags))
            return Status.InvalidArgument;
        Status status = FindOrMakeSlot(page, level, out PhysicalAddress slot);
        if (status != Status.Ok)
            return status;
        if (_memory.Read64(slot) != 0)
            return Status.InvalidArgument;
        _memory.Write64(slot, PageTableEntry.Leaf(target, flags, large: level > 1).Value);
        return Status.Ok;
    }

    // The entry for this address in its table of the given level, with all tables on the way; on failure as if never called.
    private Status FindOrMakeSlot(VirtualAddress page, int level, out PhysicalAddress slot)
    {
        slot = SlotIn(Root, page, RootLevel);
        for (int at = RootLevel; at > level; at--)
        {
            var entry = new PageTableEntry(_memory.Read64(slot));
            PhysicalAddress table = entry.Address;
            Status status = Status.Ok;
            if (!entry.IsPresent)
                status = MakeTable(page, slot, at, out table);
            else if (at < RootLevel && entry.IsLarge)
                status = Status.InvalidArgument;
            if (status != Status.Ok)
            {
                Status pruned = Prune(page, Root, RootLevel);
                return pruned == Status.Ok ? status : pruned;
            }

            slot = SlotIn(table, page, at - 1);
        }

        return Status.Ok;
    }

    private Status MakeTable(VirtualAddress page, PhysicalAddress slot, int level, out PhysicalAddress table)
    {
        table = default;
        if (level == RootLevel && !page.IsLowHalf && _isHighHalfShared)
            return Status.NotPermitted;
        Status status = _frames.AllocateFrame(out table);
        if (status != Status.Ok)
            return status;
        _memory.ClearFrame(table);
        _memory.Write64(slot, PageTableEntry.Table(table, user: page.IsLowHalf).Value);
        return Status.Ok;
    }

    private bool FindLeaf(VirtualAddress address, out PhysicalAddress slot, out int level)
    {
        slot = SlotIn(Root, address, RootLevel);
        level = RootLevel;
        while (address.IsCanonical)
        {
            var entry = new PageTableEntry(_memory.Read64(slot));
            if (!entry.IsPresent)
                return false;
            if (level == 1 || (level < RootLevel && entry.IsLarge))
                return true;
            level--;
            slot = SlotIn(entry.Address, address, level);
        }

        return false;
    }

    private Status UnmapBackwards(VirtualAddress start, ulong length)
    {
        Status status = Status.Ok;
        for (ulong offset = length; offset != 0 && status == Status.Ok; offset -= Page.Size)
            status = Unmap(start.Plus(offset - Page.Size));
        return status;
    }

    // Frees the empty tables on the way to this address, from the last upwards. Tables right below the root stay in the high
    // half, because other roots may lead to them.
    private Status Prune(VirtualAddress page, PhysicalAddress table, int level)
    {
        PhysicalAddress slot = SlotIn(table, page, level);
        var entry = new PageTableEntry(_memory.Read64(slot));
        if (level == 1 || !entry.IsPresent || (level < RootLevel && entry.IsLarge))
            return Status.Ok;
        Status status = Prune(page, entry.Address, level - 1);
        bool mayGo = level < RootLevel || page.IsLowHalf;
        if (status != Status.Ok || !mayGo || !IsEmpty(entry.Address))
            return status;
        _memory.Write64(slot, 0);
        return _frames.Free(entry.Address);
    }

    private bool IsEmpty(PhysicalAddress table)
    {
        for (ulong i = 0; i < EntriesPerTable; i++)
        {
            if (_memory.Read64(table.Plus(i * sizeof(ulong))) != 0)
                return false;
        }

        return true;
    }
}
