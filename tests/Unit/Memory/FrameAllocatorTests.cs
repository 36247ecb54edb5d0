// No frame twice, none lost, none that is not RAM. Subject: kernel/memory/FrameAllocator.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Memory;

public sealed class FrameAllocatorTests
{
    private const ulong MiB = 1ul << 20;
    private const ulong GiB = 1ul << 30;

    [Fact]
    public void EveryUsableFrameIsHandedOutOnceThenNoMemory()
    {
        FrameAllocator frames = Of(Range(0x1800, 0x10_0000), reserved: [Range(0x8000, 0x2001), Range(0xF_F800, 0x800)]);
        var expected = Enumerable.Range(2, 0x101 - 2).Select(n => (ulong)n * Page.Size).ToHashSet();
        foreach (ulong reserved in new ulong[] { 0x8000, 0x9000, 0xA000, 0xF_F000 })
            expected.Remove(reserved);

        var seen = new HashSet<ulong>();
        while (frames.AllocateFrame(out PhysicalAddress frame) == Status.Ok)
            Assert.True(seen.Add(frame.Value));

        Assert.Equal(expected.Order(), seen.Order());
        Assert.Equal(0ul, frames.FreeFrames);
        Assert.Equal((ulong)expected.Count, frames.TotalFrames);
        Assert.Equal(Status.NoMemory, frames.AllocateFrame(out PhysicalAddress none));
        Assert.Equal(0ul, none.Value);
    }

    [Fact]
    public void FrameZeroIsNeverHandedOut()
    {
        FrameAllocator frames = Of(Range(0, 2 * Page.Size));
        Assert.Equal(1ul, frames.TotalFrames);
        Assert.Equal(Status.Ok, frames.AllocateFrame(out PhysicalAddress frame));
        Assert.Equal(Page.Size, frame.Value);
        Assert.Equal(Status.InvalidArgument, frames.Free(default));
    }

    [Fact]
    public void FreeRefusesWhatItDidNotHandOut()
    {
        FrameAllocator frames = Of(Range(0x10_0000, MiB), Range(0x40_0000, MiB), reserved: [Range(0x11_0000, 0x1000)]);
        Assert.Equal(Status.Ok, frames.AllocateFrame(out PhysicalAddress frame));
        ulong before = frames.FreeFrames;

        Assert.Equal(Status.InvalidArgument, frames.Free(frame.Plus(8)));
        Assert.Equal(Status.InvalidArgument, frames.Free(new PhysicalAddress(0x11_0000))); // reserved
        Assert.Equal(Status.InvalidArgument, frames.Free(new PhysicalAddress(0x30_0000))); // a hole
        Assert.Equal(Status.InvalidArgument, frames.Free(new PhysicalAddress(0x1000))); // below
        Assert.Equal(Status.InvalidArgument, frames.Free(new PhysicalAddress(0x50_0000))); // above
        Assert.Equal(Status.InvalidArgument, frames.Free(new PhysicalAddress(ulong.MaxValue - 4095)));
        Assert.Equal(before, frames.FreeFrames);

        Assert.Equal(Status.Ok, frames.Free(frame));
        Assert.Equal(Status.InvalidArgument, frames.Free(frame)); // twice
        Assert.Equal(frames.TotalFrames, frames.FreeFrames);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4096)]
    [InlineData(3, 4096)]
    [InlineData(512, 2 << 20)]
    [InlineData(65, 1 << 16)]
    [InlineData(200, 1 << 20)]
    public void ContiguousRunsAreAlignedAndDisjoint(ulong count, ulong alignment)
    {
        FrameAllocator frames = Of(Range(0x1000, 16 * MiB));
        var seen = new HashSet<ulong>();
        int runs = 0;
        while (frames.AllocateContiguous(count, alignment, out PhysicalAddress start) == Status.Ok)
        {
            Assert.Equal(0ul, start.Value % alignment);
            for (ulong i = 0; i < count; i++)
                Assert.True(seen.Add(start.Value + i * Page.Size));
            Assert.Equal(frames.TotalFrames - (ulong)seen.Count, frames.FreeFrames);
            runs++;
        }

        // All that fit: 16 MiB less the first step, which frame 0 spoils.
        ulong step = alignment < Page.Size ? Page.Size : alignment;
        ulong spacing = (count * Page.Size + step - 1) / step * step;
        Assert.InRange((ulong)runs, 16 * MiB / spacing - 1, 16 * MiB / spacing);
    }

    [Fact]
    public void ContiguousSkipsUsedFramesAndFreesAllOrNothing()
    {
        FrameAllocator frames = Of(Range(0x1000, 63 * Page.Size));
        Assert.Equal(Status.Ok, frames.AllocateContiguous(10, Page.Size, out PhysicalAddress first));
        Assert.Equal(Status.Ok, frames.AllocateContiguous(10, Page.Size, out PhysicalAddress second));
        Assert.Equal(first.Value + 10 * Page.Size, second.Value);
        Assert.Equal(Status.Ok, frames.Free(first.Plus(4 * Page.Size)));
        Assert.Equal(Status.InvalidArgument, frames.FreeContiguous(first, 10)); // one of them is free already
        Assert.Equal(63ul - 19, frames.FreeFrames);
        Assert.Equal(Status.Ok, frames.FreeContiguous(second, 10));
        Assert.Equal(Status.NoMemory, frames.AllocateContiguous(54, Page.Size, out _));
        Assert.Equal(Status.Ok, frames.AllocateContiguous(53, Page.Size, out PhysicalAddress rest));
        Assert.Equal(second.Value, rest.Value);
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(1, 0)]
    [InlineData(1, 3)]
    [InlineData(1, 12288)]
    public void ContiguousRefusesBadArguments(ulong count, ulong alignment)
        => Assert.Equal(Status.InvalidArgument, Of(Range(0, MiB)).AllocateContiguous(count, alignment, out _));

    [Theory]
    [InlineData(ulong.MaxValue, 4096)]
    [InlineData(1ul << 52, 4096)]
    [InlineData(1, 1ul << 63)]
    [InlineData(257, 4096)]
    public void ContiguousOfTooMuchIsNoMemory(ulong count, ulong alignment)
        => Assert.Equal(Status.NoMemory, Of(Range(0, MiB)).AllocateContiguous(count, alignment, out _));

    [Theory]
    [InlineData(64)]
    [InlineData(64 * 1024)]
    public void SmallAndLargeMachinesWork(ulong mebibytes)
    {
        // The map of a PC: a hole below 1 MiB and one below 4 GiB.
        ulong length = mebibytes * MiB;
        ulong low = length < 2 * GiB ? length : 2 * GiB;
        FrameAllocator frames = new(
            [Range(0, 0x9_FC00), Range(MiB, low - MiB), Range(4 * GiB, length - low)],
            [Range(MiB, 4 * MiB)]);
        Assert.Equal((low - 5 * MiB + length - low) / Page.Size + 0x9F - 1, frames.TotalFrames);

        ulong highest = 0;
        for (int i = 0; i < 10_000 && frames.AllocateFrame(out PhysicalAddress frame) == Status.Ok; i++)
            highest = frame.Value;
        Assert.True(highest < length);
        if (length <= 4 * GiB)
            return;
        Assert.Equal(Status.Ok, frames.AllocateContiguous(GiB / Page.Size, GiB, out PhysicalAddress big));
        Assert.Equal(Status.Ok, frames.AllocateContiguous((length - low) / Page.Size, Page.Size, out PhysicalAddress top));
        Assert.Equal(GiB, big.Value);
        Assert.Equal(4 * GiB, top.Value);
    }

    [Fact]
    public void AbsurdRangesAreCutOff()
    {
        FrameAllocator frames = Of(
            Range(0x1000, 0x4000), Range(FrameAllocator.MaximumMemory - MiB, ulong.MaxValue), Range(ulong.MaxValue, ulong.MaxValue), Range(0x10_0FFF, 1));
        Assert.Equal(4 + MiB / Page.Size, frames.TotalFrames);
        Assert.Equal(0ul, Of().TotalFrames);
        Assert.Equal(0ul, Of(Range(0x1001, 0x1FFE)).TotalFrames);
    }

    [Fact]
    public void OverlappingRangesCountOnce()
    {
        FrameAllocator frames = Of(Range(0x1000, 0x8000), Range(0x4000, 0x8000), reserved: [Range(0x5000, 0x1000), Range(0x5000, 0x1000)]);
        Assert.Equal(10ul, frames.TotalFrames);
    }

    /// <summary>Any sequence of allocations and frees: frames in use are disjoint, and free + used is constant.</summary>
    [Fact]
    public void NeverHandsAFrameOutTwiceAndConserves()
        => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1000]).Array[0, 400].Sample(
            steps =>
            {
                FrameAllocator frames = Of(Range(0x3000, 70 * Page.Size), Range(0x6_0000, 20 * Page.Size), reserved: [Range(0x8000, 0x3000)]);
                var used = new List<ulong>();
                var distinct = new HashSet<ulong>();
                foreach ((int kind, int number) in steps)
                {
                    ulong count = kind == 1 ? (ulong)(number % 9) + 1 : 1;
                    PhysicalAddress start = default;
                    bool isTaken = (kind == 0 && frames.AllocateFrame(out start) == Status.Ok)
                        || (kind == 1 && frames.AllocateContiguous(count, Page.Size << (number % 3), out start) == Status.Ok);
                    for (ulong i = 0; isTaken && i < count; i++)
                    {
                        used.Add(start.Value + i * Page.Size);
                        Assert.True(distinct.Add(used[^1]));
                        Assert.False(used[^1] is >= 0x8000 and < 0xB000);
                    }

                    if (kind >= 2 && used.Count != 0)
                        distinct.Remove(FreeOne(frames, used, number % used.Count));
                    Assert.Equal(frames.TotalFrames, frames.FreeFrames + (ulong)used.Count);
                }
            },
            iter: 300, threads: 1);

    private static ulong FreeOne(FrameAllocator frames, List<ulong> used, int index)
    {
        var frame = new PhysicalAddress(used[index]);
        used.RemoveAt(index);
        Assert.Equal(Status.Ok, frames.Free(frame));
        Assert.Equal(Status.InvalidArgument, frames.Free(frame));
        return frame.Value;
    }

    private static MemoryRange Range(ulong start, ulong length) => new(new PhysicalAddress(start), length);

    private static FrameAllocator Of(params MemoryRange[] usable) => new(usable, []);

    private static FrameAllocator Of(MemoryRange usable, MemoryRange[] reserved) => new([usable], reserved);

    private static FrameAllocator Of(MemoryRange first, MemoryRange second, MemoryRange[] reserved) => new([first, second], reserved);
}
