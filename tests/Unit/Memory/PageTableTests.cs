// Maps, refuses, rolls back; W^X is a rule nobody can turn off. Subject: kernel/memory/PageTable.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Memory;

public sealed class PageTableTests
{
    private const ulong Low = 0x10_0000_0000;
    private const ulong High = 0xFFFF_8000_0000_0000;
    private const PageFlags KernelData = PageFlags.Writable | PageFlags.NoExecute;

    private readonly FakeMachine _machine = new();

    private PageTable Table => _machine.Kernel;

    [Theory]
    [InlineData(PageFlags.UserCode, false, true, true)]
    [InlineData(PageFlags.UserConstants, false, true, false)]
    [InlineData(PageFlags.UserData, true, true, false)]
    [InlineData(PageFlags.None, false, false, true)]
    [InlineData(KernelData, true, false, false)]
    [InlineData(KernelData | PageFlags.Uncached, true, false, false)]
    public void TheProcessorSeesWhatWasAskedFor(PageFlags flags, bool writable, bool user, bool executable)
    {
        Assert.Equal(Status.Ok, Map(Low + 0x5000, 0x1234_5000, flags));
        var expected = new HardwarePage(
            Low + 0x5000, 0x1234_5000, Page.Size, writable, user, executable, (flags & PageFlags.Uncached) != 0, false);
        Assert.Equal([expected], _machine.Walk(Table.Root));
    }

    [Fact]
    public void HighHalfTablesAreNotForUsersAndMayBeGlobal()
    {
        Assert.Equal(Status.Ok, Map(High, 0x1000, KernelData | PageFlags.Global));
        HardwarePage page = Assert.Single(_machine.Walk(Table.Root));
        Assert.Equal(new HardwarePage(High, 0x1000, Page.Size, true, false, false, false, true), page);
        ulong rootEntry = _machine.Memory.Read64(Table.Root.Plus(256 * 8));
        Assert.Equal(0ul, rootEntry & 4); // U/S
    }

    [Theory]
    [InlineData(Low)]
    [InlineData(High)]
    public void WritableAndExecutableIsRefused(ulong address)
    {
        Assert.Equal(Status.InvalidArgument, Map(address, 0x1000, PageFlags.Writable));
        Assert.Equal(Status.InvalidArgument, Table.Map2M(new(address), default, PageFlags.Writable));
        Assert.Equal(Status.InvalidArgument, Table.MapRange(new(address), new(0x1000), Page.Size, PageFlags.Writable | PageFlags.Uncached));
        Assert.Equal(Status.Ok, Map(address, 0x1000, PageFlags.None));
        Assert.Equal(Status.InvalidArgument, Table.Protect(new(address), PageFlags.Writable));
        Assert.False(Assert.Single(_machine.Walk(Table.Root)).Writable);
    }

    [Theory]
    [InlineData(Low + 8, 0x1000ul, PageFlags.None)] // unaligned
    [InlineData(Low, 0x1008ul, PageFlags.None)]
    [InlineData(0x0000_8000_0000_0000ul, 0x1000ul, PageFlags.None)] // not canonical
    [InlineData(0xFFFF_7FFF_FFFF_F000ul, 0x1000ul, PageFlags.None)]
    [InlineData(High, 0x1000ul, PageFlags.User)] // ring 3 in the kernel's half
    [InlineData(Low, 0x1000ul, PageFlags.UserConstants | PageFlags.Global)] // would survive a switch of address space
    [InlineData(Low, 1ul << 52, PageFlags.None)] // no such physical address
    [InlineData(Low, 0x1000ul, (PageFlags)(1u << 31))]
    public void WrongMappingsAreRefusedAndLeaveNothing(ulong address, ulong physical, PageFlags flags)
    {
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.InvalidArgument, Map(address, physical, flags));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Empty(_machine.Walk(Table.Root));
    }

    [Fact]
    public void MappingOverIsRefused()
    {
        Assert.Equal(Status.Ok, Map(Low, 0x1000, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, Map(Low, 0x2000, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, Table.Map2M(new(Low), new(0x20_0000), PageFlags.UserData));
        Assert.Equal(Status.Ok, Table.Map2M(new(Low + 0x20_0000), new(0x20_0000), PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, Map(Low + 0x20_1000, 0x1000, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, Table.Map2M(new(Low + 0x20_0000), new(0x40_0000), PageFlags.UserData));
        Assert.Equal(2, _machine.Walk(Table.Root).Count);
    }

    [Fact]
    public void LargePagesAreSeenByTheProcessorTranslatedAndProtected()
    {
        var page = new VirtualAddress(High + 0x4000_0000);
        Assert.Equal(Status.InvalidArgument, Table.Map2M(page.Plus(Page.Size), new(0x20_0000), KernelData));
        Assert.Equal(Status.InvalidArgument, Table.Map2M(page, new(0x1000), KernelData));
        Assert.Equal(Status.Ok, Table.Map2M(page, new(0x8000_0000), KernelData | PageFlags.Global));
        Assert.Equal(
            [new HardwarePage(page.Value, 0x8000_0000, Page.LargeSize, true, false, false, false, true)], _machine.Walk(Table.Root));
        Assert.Equal(Status.Ok, Table.Translate(page.Plus(0x12_3456), out PhysicalAddress physical, out PageFlags flags));
        Assert.Equal(0x8012_3456ul, physical.Value);
        Assert.Equal(KernelData | PageFlags.Global, flags);
        Assert.Equal(Status.InvalidArgument, Table.Protect(page.Plus(Page.Size), PageFlags.None));
        Assert.Equal(Status.Ok, Table.Protect(page, PageFlags.NoExecute));
        Assert.Equal([new HardwarePage(page.Value, 0x8000_0000, Page.LargeSize, false, false, false, false, false)], _machine.Walk(Table.Root));
        Assert.Equal(Status.InvalidArgument, Table.Unmap(page.Plus(Page.Size)));
        Assert.Equal(Status.Ok, Table.Unmap(page));
        Assert.Empty(_machine.Walk(Table.Root));
    }

    [Fact]
    public void TranslateGivesAddressAndFlagsOrBadAddress()
    {
        PageFlags flags = PageFlags.UserData | PageFlags.Uncached | PageFlags.Owned;
        Assert.Equal(Status.Ok, Map(Low, 0xF_FFFF_FFFF_F000, flags));
        Assert.Equal(Status.Ok, Table.Translate(new(Low + 0xABC), out PhysicalAddress physical, out PageFlags found));
        Assert.Equal(0xF_FFFF_FFFF_FABCul, physical.Value);
        Assert.Equal(flags, found);
        Assert.Equal(Status.BadAddress, Table.Translate(new(Low + Page.Size), out physical, out _));
        Assert.Equal(0ul, physical.Value);
        Assert.Equal(Status.BadAddress, Table.Translate(new(0x8000_0000_0000_0000 | Low), out _, out _));
    }

    [Fact]
    public void ProtectChangesPermissionsButNotTheOwner()
    {
        Assert.Equal(Status.Ok, Map(Low, 0x1000, PageFlags.UserData | PageFlags.Owned));
        Assert.Equal(Status.Ok, Table.Protect(new(Low), PageFlags.UserConstants));
        Assert.Equal(Status.Ok, Table.Translate(new(Low), out PhysicalAddress physical, out PageFlags flags));
        Assert.Equal(PageFlags.UserConstants | PageFlags.Owned, flags);
        Assert.Equal(0x1000ul, physical.Value);
        Assert.Equal(Status.InvalidArgument, Table.Protect(new(Low + Page.Size), PageFlags.UserConstants));
        Assert.Equal(Status.InvalidArgument, Table.Protect(new(Low + 1), PageFlags.UserConstants));
    }

    [Fact]
    public void UnmapFreesTablesThatBecomeEmpty()
    {
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.Ok, Map(Low, 0x1000, PageFlags.UserData));
        Assert.Equal(Status.Ok, Map(Low + Page.Size, 0x2000, PageFlags.UserData));
        Assert.Equal(free - 3, _machine.Frames.FreeFrames);
        Assert.Equal(Status.Ok, Table.Unmap(new(Low)));
        Assert.Equal(free - 3, _machine.Frames.FreeFrames);
        Assert.Equal(Status.Ok, Table.Unmap(new(Low + Page.Size)));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(Status.InvalidArgument, Table.Unmap(new(Low)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void RunningOutOfTablesLeavesNothingBehind(ulong free)
    {
        _machine.LeaveFree(free);
        Assert.Equal(Status.NoMemory, Map(Low, 0x1000, PageFlags.UserData));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Empty(_machine.Walk(Table.Root));
        Assert.Equal(0ul, _machine.Memory.Read64(Table.Root.Plus(new VirtualAddress(Low).TableIndex(4) * 8)));
    }

    [Fact]
    public void RangesAreMappedWholeOrNotAtAll()
    {
        Assert.Equal(Status.Ok, Table.MapRange(new(Low), new(0x10_0000), 3 * Page.Size, PageFlags.UserData));
        Assert.Equal([0x10_0000ul, 0x10_1000, 0x10_2000], _machine.Walk(Table.Root).Select(page => page.Physical));

        // The last page is in the way: the five before it go again.
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.InvalidArgument, Table.MapRange(new(Low - 5 * Page.Size), new(0x20_0000), 6 * Page.Size, PageFlags.UserData));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(3, _machine.Walk(Table.Root).Count);

        // Tables run out in the middle.
        _machine.LeaveFree(3);
        var start = new VirtualAddress(0x4000_0000 - 2 * Page.Size);
        Assert.Equal(Status.NoMemory, Table.MapRange(start, default, 4 * Page.Size, PageFlags.UserData));
        Assert.Equal(3ul, _machine.Frames.FreeFrames);
        Assert.Equal(3, _machine.Walk(Table.Root).Count);
    }

    [Theory]
    [InlineData(Low, 0x1000ul, 0ul)]
    [InlineData(Low, 0x1000ul, 0x1001ul)]
    [InlineData(Low + 1, 0x1000ul, 0x1000ul)]
    [InlineData(0x0000_7FFF_FFFF_F000ul, 0x1000ul, 0x2000ul)] // over the edge of the low half
    [InlineData(0xFFFF_FFFF_FFFF_F000ul, 0x1000ul, 0x2000ul)] // over the end
    [InlineData(0x0000_7FFF_FFFF_F000ul, 0x1000ul, 0xFFFF_8000_0000_2000ul)] // from one half to the other
    [InlineData(Low, (1ul << 52) - 0x1000, 0x2000ul)]
    public void BadRangesAreRefused(ulong start, ulong physical, ulong length)
    {
        Assert.Equal(Status.InvalidArgument, Table.MapRange(new(start), new(physical), length, PageFlags.None));
        Assert.Empty(_machine.Walk(Table.Root));
    }

    [Fact]
    public void TheVeryFirstAndLastPagesCanBeMapped()
    {
        foreach (ulong page in new ulong[] { 0, 0x0000_7FFF_FFFF_F000, High, 0xFFFF_FFFF_FFFF_F000 })
            Assert.Equal(Status.Ok, Table.MapRange(new(page), new(0x1000), Page.Size, PageFlags.NoExecute));
        Assert.Equal(4, _machine.Walk(Table.Root).Count);
    }

    [Fact]
    public void RootEntriesOfASharedHighHalfAreFixed()
    {
        Assert.Equal(Status.Ok, Table.Reserve(new(High)));
        AddressSpace space = _machine.NewSpace();
        Assert.Equal(Status.NotPermitted, Map(High + (1ul << 39), 0x1000, KernelData));
        Assert.Equal(Status.NotPermitted, Table.Reserve(new(High + (1ul << 39))));
        Assert.Equal(Status.Ok, Map(High + 0x7000, 0x1000, KernelData));
        Assert.Equal(High + 0x7000, Assert.Single(_machine.Walk(space.Root)).Virtual);
        Assert.Equal(Status.Ok, Table.Unmap(new(High + 0x7000)));
        Assert.Equal(Status.Ok, Map(High + 0x8000, 0x1000, KernelData));
        Assert.Equal(High + 0x8000, Assert.Single(_machine.Walk(space.Root)).Virtual);
        Assert.Equal(Status.InvalidArgument, Table.Reserve(new(Low)));
    }

    private Status Map(ulong address, ulong physical, PageFlags flags) => Table.Map(new(address), new(physical), flags);
}
