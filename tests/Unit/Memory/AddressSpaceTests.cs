// A process gets what it asked for, sees nobody else's, and leaves nothing behind. Subject: kernel/memory/AddressSpace.cs
using System;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Memory;

public sealed class AddressSpaceTests
{
    private const ulong Base = 0x10_0000_0000;
    private const ulong High = 0xFFFF_8000_0000_0000;

    private readonly FakeMachine _machine = new(512);

    [Fact]
    public void AllocatedPagesAreZeroUserAndWithThePermissionsAskedFor()
    {
        AddressSpace space = _machine.NewSpace();
        Assert.Equal(Status.Ok, space.Allocate(new(Base), 3 * Page.Size, PageFlags.Writable | PageFlags.NoExecute));
        Assert.All(_machine.Walk(space.Root), page => Assert.True(page.User && page.Writable && !page.Executable));
        byte[] content = new byte[3 * Page.Size];
        Assert.Equal(Status.Ok, space.ReadBytes(new(Base), content));
        Assert.All(content, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(0ul, 0x1000ul)]
    [InlineData(0x800ul, 0x1000ul)]
    [InlineData(Base, 0ul)]
    [InlineData(Base, 0x1001ul)]
    [InlineData(Base + 1, 0x1000ul)]
    [InlineData(0x0000_7FFF_FFFF_F000ul, 0x1000ul)] // the forbidden last page
    [InlineData(0x0000_7FFF_FFFF_E000ul, 0x2000ul)]
    [InlineData(High, 0x1000ul)]
    [InlineData(Base, 0xFFFF_FFFF_FFFF_F000ul)]
    [InlineData(0x8000_0000_0000_0000ul | Base, 0x1000ul)]
    public void NothingOutsideTheUserRangeIsMapped(ulong start, ulong length)
    {
        AddressSpace space = _machine.NewSpace();
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.InvalidArgument, space.Allocate(new(start), length, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, space.MapShared(new(start), new(0x1000), length, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, space.Protect(new(start), length, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, space.Unmap(new(start), length));
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void WriteAndExecuteOrGlobalIsRefused()
    {
        AddressSpace space = _machine.NewSpace();
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.InvalidArgument, space.Allocate(new(Base), Page.Size, PageFlags.Writable));
        Assert.Equal(Status.InvalidArgument, space.MapShared(new(Base), new(0x1000), Page.Size, PageFlags.Writable));
        Assert.Equal(Status.InvalidArgument, space.Allocate(new(Base), Page.Size, PageFlags.UserData | PageFlags.Global));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(Status.Ok, space.Allocate(new(Base), 2 * Page.Size, PageFlags.UserCode));
        Assert.Equal(Status.InvalidArgument, space.Protect(new(Base), 2 * Page.Size, PageFlags.Writable));
        Assert.All(_machine.Walk(space.Root), page => Assert.False(page.Writable));
    }

    [Fact]
    public void AllocationThatFailsHalfWayGivesEverythingBack()
    {
        AddressSpace space = _machine.NewSpace();
        Assert.Equal(Status.Ok, space.Allocate(new(Base + 5 * Page.Size), Page.Size, PageFlags.UserData));
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.InvalidArgument, space.Allocate(new(Base), 6 * Page.Size, PageFlags.UserData)); // meets the page above
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(Status.NoMemory, space.Allocate(new(Base + 16 * Page.Size), (free + 1) * Page.Size, PageFlags.UserData));
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Single(_machine.Walk(space.Root));
    }

    [Fact]
    public void ProcessesShareTheKernelAndNothingElse()
    {
        Assert.Equal(Status.Ok, _machine.Kernel.Map(new(High), new(0x1000), PageFlags.Writable | PageFlags.NoExecute));
        AddressSpace one = _machine.NewSpace();
        AddressSpace two = _machine.NewSpace();
        Assert.Equal(Status.Ok, one.Allocate(new(Base), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, two.Allocate(new(Base), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, one.WriteBytes(new(Base), [1, 2, 3]));
        byte[] seen = new byte[3];
        Assert.Equal(Status.Ok, two.ReadBytes(new(Base), seen));
        Assert.Equal(new byte[3], seen);
        foreach (AddressSpace space in new[] { one, two })
            Assert.Equal([Base, High], _machine.Walk(space.Root).Select(page => page.Virtual));
        Assert.Equal(Status.BadAddress, one.Translate(new(High), out _, out _));
        Assert.Equal(Status.BadAddress, one.WriteBytes(new(High), [1]));
        Assert.Equal(Status.BadAddress, one.Write64(new(High), 1));
    }

    [Fact]
    public void WriteBytesCrossesPagesAndReachesReadOnlyOnes()
    {
        AddressSpace space = _machine.NewSpace();
        Assert.Equal(Status.Ok, space.Allocate(new(Base), 3 * Page.Size, PageFlags.UserConstants));
        byte[] pattern = Enumerable.Range(0, 5000).Select(i => (byte)(i * 7 + 1)).ToArray();
        byte[] seen = new byte[5000];
        Assert.Equal(Status.Ok, space.WriteBytes(new(Base + 4000), pattern));
        Assert.Equal(Status.Ok, space.ReadBytes(new(Base + 4000), seen));
        Assert.Equal(pattern, seen);
        Assert.Equal(Status.BadAddress, space.WriteBytes(new(Base + 3 * Page.Size - 2), [1, 2, 3]));
        Assert.Equal(Status.BadAddress, space.ReadBytes(new(Base + 3 * Page.Size - 2), seen));
        Assert.Equal(Status.Ok, space.WriteBytes(new(0), []));
    }

    [Fact]
    public void Write64IsAlignedAndLittleEndian()
    {
        AddressSpace space = _machine.NewSpace();
        Assert.Equal(Status.Ok, space.Allocate(new(Base), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, space.Write64(new(Base + 16), 0x0807060504030201));
        byte[] seen = new byte[8];
        Assert.Equal(Status.Ok, space.ReadBytes(new(Base + 16), seen));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], seen);
        Assert.Equal(Status.InvalidArgument, space.Write64(new(Base + 4), 0));
        Assert.Equal(Status.BadAddress, space.Write64(new(Base + Page.Size), 0));
    }

    [Fact]
    public void GrantsAreMappedButNeverFreedNorWritten()
    {
        Assert.Equal(Status.Ok, _machine.Frames.AllocateContiguous(4, Page.Size, out PhysicalAddress grant));
        ulong free = _machine.Frames.FreeFrames;
        AddressSpace space = _machine.NewSpace();
        PageFlags flags = PageFlags.UserData | PageFlags.Uncached | PageFlags.Owned;
        Assert.Equal(Status.Ok, space.MapShared(new(Base), grant, 4 * Page.Size, flags));
        Assert.Equal(Status.Ok, space.Translate(new(Base + Page.Size + 5), out PhysicalAddress physical, out PageFlags found));
        Assert.Equal(grant.Value + Page.Size + 5, physical.Value);
        Assert.Equal(flags & ~PageFlags.Owned, found);
        Assert.Equal(Status.BadAddress, space.WriteBytes(new(Base), [1]));
        Assert.Equal(Status.Ok, space.Unmap(new(Base + 3 * Page.Size), Page.Size));
        Assert.Equal(Status.Ok, space.Destroy());
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(Status.Ok, _machine.Frames.FreeContiguous(grant, 4));
    }

    [Fact]
    public void UnmapIsAllOrNothing()
    {
        AddressSpace space = _machine.NewSpace();
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.Ok, space.Allocate(new(Base), 2 * Page.Size, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, space.Unmap(new(Base), 3 * Page.Size));
        Assert.Equal(Status.InvalidArgument, space.Protect(new(Base), 3 * Page.Size, PageFlags.UserConstants));
        Assert.All(_machine.Walk(space.Root), page => Assert.True(page.Writable));
        Assert.Equal(Status.Ok, space.Unmap(new(Base), 2 * Page.Size));
        Assert.Equal(free, _machine.Frames.FreeFrames);
    }

    [Fact]
    public void AfterDestroyNothingWorksAndTheKernelIsUntouched()
    {
        Assert.Equal(Status.Ok, _machine.Kernel.Map(new(High), new(0x1000), PageFlags.NoExecute));
        AddressSpace space = _machine.NewSpace();
        Assert.Equal(Status.Ok, space.Allocate(new(Base), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.Ok, space.Destroy());
        ulong free = _machine.Frames.FreeFrames;
        Assert.Equal(Status.Ok, space.Destroy());
        Assert.Equal(free, _machine.Frames.FreeFrames);
        Assert.Equal(Status.InvalidArgument, space.Allocate(new(Base), Page.Size, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, space.MapShared(new(Base), default, Page.Size, PageFlags.UserData));
        Assert.Equal(Status.InvalidArgument, space.Unmap(new(Base), Page.Size));
        Assert.Equal(Status.BadAddress, space.WriteBytes(new(Base), [1]));
        Assert.Equal(Status.BadAddress, space.Translate(new(Base), out _, out _));
        Assert.Equal(High, Assert.Single(_machine.Walk(_machine.Kernel.Root)).Virtual);
    }

    [Fact]
    public void NoMemoryForTheRootIsAStatus()
    {
        _machine.LeaveFree(0);
        Assert.Equal(Status.NoMemory, AddressSpace.Create(_machine.Memory, _machine.Frames, _machine.Kernel, out AddressSpace? space));
        Assert.Null(space);
    }

    /// <summary>Whatever was allocated, granted, protected and unmapped, with whatever memory: Destroy returns exactly the rest.</summary>
    [Fact]
    public void DestroyReturnsAllFrames()
        => Gen.Select(Gen.Int[0, 3], Gen.ULong[0, 40], Gen.ULong[0, 30]).Array[0, 60].Sample(
            steps =>
            {
                var machine = new FakeMachine(120);
                Assert.Equal(Status.Ok, machine.Frames.AllocateContiguous(8, Page.Size, out PhysicalAddress grant));
                ulong free = machine.Frames.FreeFrames;
                AddressSpace space = machine.NewSpace();
                foreach ((int kind, ulong where, ulong pages) in steps)
                    Step(space, kind, new(Base + (where % 4) * 0x4000_0000 - (where / 4) * Page.Size), pages, grant);
                Assert.DoesNotContain(machine.Walk(space.Root), page => !page.User || (page.Writable && page.Executable));
                Assert.Equal(Status.Ok, space.Destroy());
                Assert.Equal(free, machine.Frames.FreeFrames);
                Assert.Equal(Status.Ok, machine.Frames.FreeContiguous(grant, 8));
            },
            iter: 150, threads: 1);

    private static void Step(AddressSpace space, int kind, VirtualAddress start, ulong pages, PhysicalAddress grant)
    {
        Status status = kind switch
        {
            0 => space.Allocate(start, pages * Page.Size, PageFlags.UserData),
            1 => space.MapShared(start, grant, pages % 9 * Page.Size, PageFlags.UserConstants),
            2 => space.Unmap(start, pages % 5 * Page.Size),
            _ => space.Protect(start, pages % 5 * Page.Size, PageFlags.UserCode),
        };
        Assert.Contains(status, new[] { Status.Ok, Status.InvalidArgument, Status.NoMemory });
    }
}
