// Drivers in ring 1: their memory lies in the kernel's half, in everybody's address space, and goes again without a trace.
// Subjects: kernel/memory/DriverSlot.cs, AddressSpace.CreateInKernelHalf, the keys of PageFlags.cs
using System;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Memory;

public sealed class DriverSlotTests
{
    private const ulong Spacing = BootProtocol.ProgramSpacing;
    private const ulong Start = BootProtocol.DriverHalf + (3 * Spacing);

    private readonly FakeMachine _machine = new(512);

    public DriverSlotTests() => Assert.Equal(Status.Ok, DriverSlot.Reserve(_machine.Kernel));

    [Fact]
    public void EveryAddressSpaceSeesTheDriverAlsoThoseMadeBefore()
    {
        AddressSpace before = _machine.NewSpace();
        AddressSpace driver = NewDriver();
        Assert.Equal(Status.Ok, driver.Allocate(new(Start), 2 * Page.Size, PageFlags.UserData));
        AddressSpace after = _machine.NewSpace();
        foreach (AddressSpace space in new[] { before, after })
            Assert.Equal([Start, Start + Page.Size], _machine.Walk(space.Root).Select(page => page.Virtual));
        Assert.Equal(0ul, driver.Root.Value);
    }

    [Fact]
    public void NoPageOfItIsRing3sAndAllHaveTheDriversKey()
    {
        AddressSpace driver = NewDriver();
        Assert.Equal(Status.Ok, driver.Allocate(new(Start), Page.Size, PageFlags.UserCode));
        Assert.Equal(Status.Ok, driver.MapShared(new(Start + Page.Size), new(0x1000), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, driver.Protect(new(Start), Page.Size, PageFlags.UserConstants));
        Assert.All(_machine.Walk(_machine.Kernel.Root), static page => Assert.False(page.User));
        for (ulong offset = 0; offset < 2 * Page.Size; offset += Page.Size)
        {
            Assert.Equal(Status.Ok, driver.Translate(new(Start + offset), out _, out PageFlags flags));
            Assert.Equal(PageFlags.Key3, flags & PageFlags.Key3);
        }
    }

    [Theory]
    [InlineData(Start - Page.Size, Page.Size)]
    [InlineData(Start - Page.Size, 2 * Page.Size)]
    [InlineData(Start + Spacing, Page.Size)]
    [InlineData(Start + Spacing - Page.Size, 2 * Page.Size)]
    [InlineData(Start, Spacing + Page.Size)]
    [InlineData(Start, 0xFFFF_FFFF_FFFF_F000ul)]
    [InlineData(0x10_0000_0000ul, Page.Size)] // a program's
    [InlineData(BootProtocol.KernelBase, Page.Size)]
    public void NothingOutsideItsSlotIsMapped(ulong start, ulong length)
    {
        AddressSpace driver = NewDriver();
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.InvalidArgument, driver.Allocate(new(start), length, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, driver.MapShared(new(start), new(0x1000), length, PageFlags.UserData));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Empty(_machine.Walk(_machine.Kernel.Root));
    }

    [Fact]
    public void TheLastPageOfASlotIsStillItsOwn()
    {
        AddressSpace driver = NewDriver();
        Assert.Equal(Status.Ok, driver.Allocate(new(Start + Spacing - Page.Size), Page.Size, PageFlags.UserData));
        Assert.True(driver.Covers(new(Start), Spacing));
        Assert.True(driver.Covers(new(Start + Spacing), 0));
        Assert.False(driver.Covers(new(Start + 1), Spacing));
        Assert.False(driver.Covers(new(Start - 1), 1));
    }

    [Fact]
    public void AnEndedDriverLeavesNothingAndGrantsStayTheGranters()
    {
        AddressSpace other = _machine.NewSpace();
        Assert.Equal(Status.Ok, _machine.Frames.AllocateFrame(out PhysicalAddress granted));
        AddressSpace driver = NewDriver();
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.Ok, driver.Allocate(new(Start), 3 * Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, driver.MapShared(new(Start + (1ul << 32)), granted, Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, driver.Destroy());
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Empty(_machine.Walk(other.Root));
        Assert.Equal(Status.Ok, driver.Destroy());
        Assert.Equal(Status.InvalidArgument, driver.Allocate(new(Start), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.BadAddress, driver.Translate(new(Start), out _, out _));
        Assert.Equal(Status.Ok, _machine.Frames.Free(granted));
    }

    [Fact]
    public void ADriverDoesNotReachAnothersSlot()
    {
        AddressSpace one = NewDriver();
        AddressSpace two = NewDriver(Start + Spacing);
        Assert.Equal(Status.Ok, one.Allocate(new(Start), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.BadAddress, two.WriteBytes(new(Start), [1]));
        Assert.Equal(Status.BadAddress, two.Translate(new(Start), out _, out _));
        Assert.Equal(Status.Ok, two.Destroy());
        Assert.Equal(Status.Ok, one.WriteBytes(new(Start), [1]));
    }

    [Fact]
    public void AllSlotsCanBeUsedOneAfterTheOtherAfterTheHalfIsShared()
    {
        AddressSpace program = _machine.NewSpace();
        ulong free = _machine.Frames.FreeFrames;
        for (ulong number = 0; number < DriverSlot.Count; number++)
        {
            ulong start = BootProtocol.DriverHalf + (number * Spacing);
            AddressSpace driver = NewDriver(start);
            Assert.Equal(Status.Ok, driver.Allocate(new(start), Page.Size, PageFlags.UserData));
            Assert.Single(_machine.Walk(program.Root));
            Assert.Equal(Status.Ok, driver.Destroy());
        }
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void RegionsThatDoNotFitLeaveNothingBehind()
    {
        AddressSpace driver = NewDriver();
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.NoMemory, driver.Allocate(new(Start), (free + 1) * Page.Size, PageFlags.UserData));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(Status.Ok, driver.Allocate(new(Start), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, driver.Allocate(new(Start), 2 * Page.Size, PageFlags.UserData)); // met the first
        Assert.Equal(Status.Ok, driver.Destroy());
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void ThereIsRoomForWhatALoaderMapsAndWhatIsMoreIsRefused()
    {
        AddressSpace driver = NewDriver();
        ulong free = _machine.Frames.FreeFrames;
        for (ulong region = 0; region < ProcessLayout.MaximumRegions; region++)
            Assert.Equal(Status.Ok, driver.Allocate(new(Start + (region * 2 * Page.Size)), Page.Size, PageFlags.UserData));
        VirtualAddress next = new(Start + (1ul << 30));
        Assert.Equal(Status.NoMemory, driver.Allocate(next, Page.Size, PageFlags.UserData));
        Assert.Equal(Status.NoMemory, driver.MapShared(next, new(0x1000), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.BadAddress, driver.Translate(next, out _, out _));
        Assert.Equal(Status.Ok, driver.Destroy());
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void WhatWasUnmappedBeforeTheEndIsPassedOver()
    {
        AddressSpace driver = NewDriver();
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.Ok, driver.Allocate(new(Start), 3 * Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, driver.Unmap(new(Start + Page.Size), Page.Size));
        Assert.Equal(Status.Ok, driver.Destroy());
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void WhateverADriverMapsGoesWithIt()
        => Gen.Select(Gen.ULong[0, 40], Gen.ULong[1, 6], Gen.Bool).Array[0, 20].Sample(
            regions =>
            {
                FakeMachine machine = new(512);
                Assert.Equal(Status.Ok, DriverSlot.Reserve(machine.Kernel));
                AddressSpace program = machine.NewSpace();
                AddressSpace driver = AddressSpace.CreateInKernelHalf(machine.Memory, machine.Frames, machine.Kernel, new(Start));
                ulong free = machine.Frames.FreeFrames;
                foreach ((ulong page, ulong pages, bool isOwn) in regions)
                {
                    VirtualAddress at = new(Start + (page * Page.Size));
                    _ = isOwn
                        ? driver.Allocate(at, pages * Page.Size, PageFlags.UserData)
                        : driver.MapShared(at, new(0x1000), pages * Page.Size, PageFlags.UserData);
                }
                Assert.Equal(Status.Ok, driver.Destroy());
                Assert.Equal(free, machine.Frames.FreeFrames);
                Assert.Empty(machine.Walk(program.Root));
            },
            iter: 100);

    // Intel SDM vol. 3, 4.6.2: the key of a page is in bits 62:59 of its entry.
    [Theory]
    [InlineData(PageFlags.None, 0ul)]
    [InlineData(PageFlags.Key1, 1ul)]
    [InlineData(PageFlags.Key2, 2ul)]
    [InlineData(PageFlags.Key3, 3ul)]
    public void AKeyIsInTheEntrysBits62To59(PageFlags key, ulong number)
    {
        ulong entry = PageTableEntry.Leaf(new(0x1234_5000), PageFlags.Writable | PageFlags.NoExecute | key, large: false).Value;
        Assert.Equal(number, (entry >> 59) & 0xF);
        Assert.Equal(0x1234_5000ul, new PageTableEntry(entry).Address.Value);
        Assert.Equal(PageFlags.Writable | PageFlags.NoExecute | key, new PageTableEntry(entry).Flags);
        Assert.Equal(1ul, entry >> 63);
    }

    private AddressSpace NewDriver(ulong start = Start)
        => AddressSpace.CreateInKernelHalf(_machine.Memory, _machine.Frames, _machine.Kernel, new(start));
}
