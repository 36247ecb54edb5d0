// What one process can reach: its own low half below the kernel's high half. Next: UserRange.cs
using System;
using RingOS.Abi;

namespace RingOS.Kernel.Memory;

/// <summary>
/// A process's memory. Pages it allocated are its own and end with it; granted pages (device registers, DMA memory, packets)
/// stay the granter's. In the low half everything is reachable from ring 3. A driver in ring 1 has a slot of the kernel's half instead,
/// where every address space sees it. After <see cref="Destroy"/> every operation is refused.
/// </summary>
/// <remarks>Take care of the processor's translation cache as <see cref="PageTable"/> says.</remarks>
public sealed class AddressSpace
{
    private readonly IPhysicalMemory _memory;
    private readonly FrameAllocator _frames;
    private readonly PageTable _table;
    private readonly DriverSlot? _slot; // of the kernel's half
    private bool _isDestroyed;

    private AddressSpace(IPhysicalMemory memory, FrameAllocator frames, PageTable table, DriverSlot? slot)
    {
        _memory = memory;
        _frames = frames;
        _table = table;
        _slot = slot;
    }

    /// <summary>The frame of the root table, for CR3; 0 if it is part of every address space. Not to be loaded after <see cref="Destroy"/>.</summary>
    public PhysicalAddress Root => _slot is null ? _table.Root : default;

    /// <summary>An empty low half below the high half of <paramref name="kernel"/>, whose root entries are fixed from now on. NoMemory if there is no frame.</summary>
    public static Status Create(IPhysicalMemory memory, FrameAllocator frames, PageTable kernel, out AddressSpace? space)
    {
        space = null;
        Status status = PageTable.Create(memory, frames, out PageTable? table);
        if (status != Status.Ok)
            return status;
        kernel.ShareHighHalf(table!);
        space = new AddressSpace(memory, frames, table!, slot: null);
        return Status.Ok;
    }

    /// <summary>A slot of the kernel's half, for a driver in ring 1; <see cref="DriverSlot.Reserve"/> has made its root entries.</summary>
    public static AddressSpace CreateInKernelHalf(IPhysicalMemory memory, FrameAllocator frames, PageTable kernel, VirtualAddress start)
        => new(memory, frames, kernel, new DriverSlot(start));

    /// <summary>Whether all these bytes can be the process's; says nothing of what is mapped.</summary>
    public bool Covers(VirtualAddress start, ulong length) => _slot is null ? UserRange.Contains(start, length) : _slot.Contains(start, length);

    /// <summary>Gives the process fresh zeroed pages of its own; all or none. <paramref name="length"/> is a multiple of 4096, not 0.</summary>
    /// <returns>
    /// InvalidArgument: outside the user range, unaligned, mapped already in part, W^X. NoMemory, also for more than
    /// <see cref="Loader.ProcessLayout.MaximumRegions"/> regions in the kernel's half.
    /// </returns>
    public Status Allocate(VirtualAddress start, ulong length, PageFlags flags)
    {
        if (!IsRegion(start, length))
            return Status.InvalidArgument;
        if (_slot is { IsFull: true })
            return Status.NoMemory;
        for (ulong offset = 0; offset < length; offset += Page.Size)
        {
            Status status = AllocatePage(start.Plus(offset), Reachable(flags) | PageFlags.Owned);
            if (status == Status.Ok)
                continue;
            Status undone = UnmapBackwards(start, offset);
            return undone == Status.Ok ? status : undone;
        }

        _slot?.Remember(start, length);
        return Status.Ok;
    }

    /// <summary>Lets the process reach memory that is not its own; all or none, errors as <see cref="Allocate"/>.</summary>
    public Status MapShared(VirtualAddress start, PhysicalAddress physical, ulong length, PageFlags flags)
    {
        if (!IsRegion(start, length))
            return Status.InvalidArgument;
        if (_slot is { IsFull: true })
            return Status.NoMemory;
        Status status = _table.MapRange(start, physical, length, Reachable(flags) & ~PageFlags.Owned);
        if (status == Status.Ok)
            _slot?.Remember(start, length);
        return status;
    }

    /// <summary>Takes pages away: own ones go back to the allocator. InvalidArgument, and nothing happens, unless all of them are mapped.</summary>
    public Status Unmap(VirtualAddress start, ulong length)
        => IsMappedRegion(start, length) ? UnmapBackwards(start, length) : Status.InvalidArgument;

    /// <summary>Changes what the process may do with pages. InvalidArgument, and nothing happens, unless all of them are mapped, or for W^X.</summary>
    public Status Protect(VirtualAddress start, ulong length, PageFlags flags)
    {
        if (!IsMappedRegion(start, length))
            return Status.InvalidArgument;
        Status status = Status.Ok;
        for (ulong offset = 0; offset < length && status == Status.Ok; offset += Page.Size)
            status = _table.Protect(start.Plus(offset), Reachable(flags) & ~PageFlags.Owned);
        return status;
    }

    /// <summary>Where an address leads. BadAddress if it is not mapped or not the process's.</summary>
    public Status Translate(VirtualAddress address, out PhysicalAddress physical, out PageFlags flags)
    {
        physical = default;
        flags = PageFlags.None;
        if (_isDestroyed || !Covers(address, 1))
            return Status.BadAddress;
        return _table.Translate(address, out physical, out flags);
    }

    /// <summary>Fills own pages, also read-only ones, before the process runs. BadAddress at the first page that is not its own; the bytes before it are written.</summary>
    public Status WriteBytes(VirtualAddress start, ReadOnlySpan<byte> source)
    {
        int done = 0;
        while (done < source.Length)
        {
            Status status = FindOwned(start.Plus((ulong)done), out PhysicalAddress physical);
            if (status != Status.Ok)
                return status;
            int count = PartInPage(physical, source.Length - done);
            _memory.CopyIn(physical, source.Slice(done, count));
            done += count;
        }

        return Status.Ok;
    }

    /// <summary>Reads own pages; otherwise as <see cref="WriteBytes"/>.</summary>
    public Status ReadBytes(VirtualAddress start, Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length)
        {
            Status status = FindOwned(start.Plus((ulong)done), out PhysicalAddress physical);
            if (status != Status.Ok)
                return status;
            int count = PartInPage(physical, destination.Length - done);
            _memory.CopyOut(physical, destination.Slice(done, count));
            done += count;
        }

        return Status.Ok;
    }

    /// <summary>Writes 8 bytes, little-endian, at a multiple of 8 in an own page; InvalidArgument or BadAddress otherwise.</summary>
    public Status Write64(VirtualAddress address, ulong value)
    {
        if (!address.IsAligned(sizeof(ulong)))
            return Status.InvalidArgument;
        Status status = FindOwned(address, out PhysicalAddress physical);
        if (status == Status.Ok)
            _memory.Write64(physical, value);
        return status;
    }

    /// <summary>
    /// Ends the address space: its pages and tables go back to the allocator, grants do not. It must not be loaded in CR3 any
    /// more. Doing it again is harmless.
    /// </summary>
    public Status Destroy()
    {
        if (_isDestroyed)
            return Status.Ok;
        if (_slot is not null)
            return DestroySlot(_slot);
        _isDestroyed = true;
        return new PageTableReclaim(_memory, _frames).Run(_table.Root);
    }

    private Status DestroySlot(DriverSlot slot)
    {
        Status status = Status.Ok;
        for (int region = 0; region < slot.Regions && status == Status.Ok; region++)
            status = UnmapRest(slot.StartOf(region), slot.LengthOf(region));
        _isDestroyed = true;
        return status;
    }

    // Pages that were unmapped before the end are passed over.
    private Status UnmapRest(VirtualAddress start, ulong length)
    {
        Status status = Status.Ok;
        for (ulong offset = length; offset != 0 && status == Status.Ok; offset -= Page.Size)
        {
            VirtualAddress page = start.Plus(offset - Page.Size);
            if (_table.Translate(page, out _, out _) == Status.Ok)
                status = UnmapPage(page);
        }
        return status;
    }

    // Who runs here may use the page: ring 3 by its bit, ring 1 by its key.
    private PageFlags Reachable(PageFlags flags) => _slot is null ? flags | PageFlags.User : (flags & ~PageFlags.User) | PageFlags.Key3;

    private static int PartInPage(PhysicalAddress from, int wanted)
        => Math.Min((int)(Page.Size - (from.Value & (Page.Size - 1))), wanted);

    private bool IsRegion(VirtualAddress start, ulong length)
        => !_isDestroyed && length != 0 && start.IsPageAligned && Page.IsAligned(length) && Covers(start, length);

    private bool IsMappedRegion(VirtualAddress start, ulong length)
    {
        if (!IsRegion(start, length))
            return false;
        for (ulong offset = 0; offset < length; offset += Page.Size)
        {
            if (_table.Translate(start.Plus(offset), out _, out _) != Status.Ok)
                return false;
        }

        return true;
    }

    private Status AllocatePage(VirtualAddress page, PageFlags flags)
    {
        Status status = _frames.AllocateFrame(out PhysicalAddress frame);
        if (status != Status.Ok)
            return status;
        _memory.ClearFrame(frame);
        status = _table.Map(page, frame, flags);
        if (status == Status.Ok)
            return status;
        Status freed = _frames.Free(frame);
        return freed == Status.Ok ? status : freed;
    }

    // Last page first: then a table that empties is found empty at its first entry only once.
    private Status UnmapBackwards(VirtualAddress start, ulong length)
    {
        Status status = Status.Ok;
        for (ulong offset = length; offset != 0 && status == Status.Ok; offset -= Page.Size)
            status = UnmapPage(start.Plus(offset - Page.Size));
        return status;
    }

    private Status UnmapPage(VirtualAddress page)
    {
        Status status = _table.Translate(page, out PhysicalAddress frame, out PageFlags flags);
        if (status == Status.Ok)
            status = _table.Unmap(page);
        if (status == Status.Ok && (flags & PageFlags.Owned) != 0)
            status = _frames.Free(frame);
        return status;
    }

    private Status FindOwned(VirtualAddress address, out PhysicalAddress physical)
    {
        Status status = Translate(address, out physical, out PageFlags flags);
        return status == Status.Ok && (flags & PageFlags.Owned) == 0 ? Status.BadAddress : status;
    }
}
