// The kernel's own view of memory: the direct map, its image with W^X, device windows, guarded stacks. Next: KernelMain.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Boot;

/// <summary>Physical memory and the kernel half of every address space.</summary>
public sealed class KernelMemory
{
    private const ulong DeviceWindows = 0xFFFF_C000_0000_0000;
    private const ulong Stacks = 0xFFFF_D000_0000_0000;
    private const PageFlags Data = PageFlags.Writable | PageFlags.NoExecute | PageFlags.Global | ProtectionKeys.Kernel;
    private const PageFlags Constants = PageFlags.NoExecute | PageFlags.Global | ProtectionKeys.Kernel;
    private const PageFlags Code = PageFlags.Global | ProtectionKeys.Kernel;

    private const ulong HeapReserve = 256ul << 10; // a start takes some 12 KiB of it under Cosmos, less under the native kit

    private readonly BootInfo _boot;
    private ulong _nextWindow = DeviceWindows;
    private ulong _nextStack = Stacks;

    public KernelMemory(BootInfo boot)
    {
        _boot = boot;
        Physical = new DirectMap(boot.DirectMapBase);
        Frames = new FrameAllocator(boot.Usable, boot.Reserved);
        Require(PageTable.Create(Physical, Frames, out PageTable? pages));
        Pages = pages!;
    }

    public DirectMap Physical { get; }

    public FrameAllocator Frames { get; }

    /// <summary>The kernel half, shared by all address spaces.</summary>
    public PageTable Pages { get; }

    /// <summary>
    /// What is left of the kernel's heap is kept for what runs already: no process is started any more. Running out is a panic with the
    /// native kit; with Cosmos it would start a collector that knows nothing of the kernel's stacks.
    /// </summary>
    public bool IsHeapNearlyUsedUp => _boot.Heap is { } heap && heap.Available < HeapReserve;

    /// <summary>Replaces the boot loader's mappings by the kernel's own.</summary>
    public void MapKernel()
    {
        Require(Pages.Reserve(new VirtualAddress(DeviceWindows)));
        Require(Pages.Reserve(new VirtualAddress(Stacks)));
        Require(DriverSlot.Reserve(Pages));
        foreach (MemoryRange range in _boot.Usable)
            MapDirectly(range);
        foreach (MemoryRange range in _boot.Reserved)
            MapDirectly(range);
        MapDirectly(_boot.Archive);
        if (_boot.Image is { } image)
        {
            MapImage(image);
            FrameWalk.SetText(image.TextStart, image.ConstantsStart);
        }
        LeaveAddressSpace();
    }

    /// <summary>Runs on the kernel's own tables, so that a process's can be freed.</summary>
    public void LeaveAddressSpace() => Cpu.LoadPageTableRoot(Pages.Root.Value);

    /// <summary>Pages of the kernel's half have been unmapped: the processor forgets them.</summary>
    public static void FlushTranslations() => Cpu.FlushTranslations();

    /// <summary>Maps a device's registers into the kernel half; its virtual address.</summary>
    public ulong MapDevice(ulong physical, ulong length)
    {
        ulong start = _nextWindow;
        ulong first = Page.RoundDown(physical);
        ulong bytes = Page.RoundUp(physical + length) - first;
        Require(Pages.MapRange(new VirtualAddress(start), new PhysicalAddress(first), bytes, Data | PageFlags.Uncached));
        _nextWindow += bytes + Page.Size;
        return start + (physical - first);
    }

    /// <summary>Zeroed, physically contiguous memory; its physical address.</summary>
    public PhysicalAddress AllocateContiguous(ulong bytes)
    {
        ulong pages = Page.RoundUp(bytes) / Page.Size;
        Require(Frames.AllocateContiguous(pages, 1, out PhysicalAddress start));
        for (ulong page = 0; page < pages; page++)
            Physical.ClearFrame(new PhysicalAddress(start.Value + (page * Page.Size)));
        return start;
    }

    /// <summary>The same, where the kernel sees it.</summary>
    public ulong AllocateBytes(ulong bytes) => Physical.VirtualOf(AllocateContiguous(bytes)).Value;

    /// <summary>A stack with an unmapped page below it; its top.</summary>
    public ulong AllocateStack(ulong bytes) => AllocatePages(bytes, ProtectionKeys.Kernel) + bytes;

    /// <summary>A stack that the processor may push to at any time.</summary>
    public ulong AllocateEntryStack(ulong bytes) => AllocatePages(bytes, ProtectionKeys.Open) + bytes;

    /// <summary>Zeroed memory in pages of its own, above an unmapped one; its first address.</summary>
    /// <param name="bytes">Whole pages.</param>
    /// <param name="key">Who may touch it while ring 1 runs with keys.</param>
    public ulong AllocatePages(ulong bytes, PageFlags key)
    {
        ulong start = _nextStack + Page.Size;
        Require(Pages.MapRange(new VirtualAddress(start), AllocateContiguous(bytes), bytes, (Data & ~PageFlags.Key3) | key));
        _nextStack = start + bytes;
        return start;
    }

    private static void Require(Status status)
    {
        if (status != Status.Ok)
            KernelPanic.Fail("not enough memory to start, or a bad memory map");
    }

    // In 2 MiB pages, but for the part that holds the kernel's image: its code and constants must not be writable there either.
    private void MapDirectly(MemoryRange range)
    {
        ulong end = range.Start.Value + range.Length;
        for (ulong at = range.Start.Value & ~(Page.LargeSize - 1); at < end; at += Page.LargeSize)
        {
            VirtualAddress target = Physical.VirtualOf(new PhysicalAddress(at));
            if (Pages.Translate(target, out _, out _) == Status.Ok)
                continue;
            if (_boot.Image is { } image && at < ImageEnd(image) && at + Page.LargeSize > image.PhysicalStart)
                MapAroundImage(image, at);
            else
                Require(Pages.Map2M(target, new PhysicalAddress(at), Data));
        }
    }

    private void MapAroundImage(KernelImage image, ulong start)
    {
        ulong readOnlyEnd = image.PhysicalStart + (image.DataStart - image.TextStart);
        for (ulong at = start; at < start + Page.LargeSize; at += Page.Size)
        {
            PhysicalAddress frame = new(at);
            bool isReadOnly = at >= image.PhysicalStart && at < readOnlyEnd;
            Require(Pages.Map(Physical.VirtualOf(frame), frame, isReadOnly ? Constants : Data));
        }
    }

    private void MapImage(KernelImage image)
    {
        MapSection(image, image.TextStart, image.ConstantsStart, Code);
        MapSection(image, image.ConstantsStart, image.DataStart, Constants);
        MapSection(image, image.DataStart, image.End, Data);
        SetKey(ProtectionKeys.ReachablePage, ProtectionKeys.ReadOnly);
        SetKey(ProtectionKeys.EntryStackPage, ProtectionKeys.Open);
    }

    private void SetKey(ulong page, PageFlags key) => Require(Pages.Protect(new VirtualAddress(page), (Data & ~PageFlags.Key3) | key));

    private void MapSection(KernelImage image, ulong start, ulong end, PageFlags flags)
    {
        PhysicalAddress physical = new(image.PhysicalStart + (start - image.TextStart));
        Require(Pages.MapRange(new VirtualAddress(start), physical, end - start, flags));
    }

    private static ulong ImageEnd(KernelImage image) => image.PhysicalStart + (image.End - image.TextStart);
}
