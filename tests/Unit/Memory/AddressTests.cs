// Addresses, user ranges, the direct map and byte sources. Subjects: the small files of kernel/memory
using System;
using System.Linq;
using System.Runtime.InteropServices;
using CsCheck;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Memory;

public sealed unsafe class AddressTests
{
    [Theory]
    [InlineData(0ul, true)]
    [InlineData(0x0000_7FFF_FFFF_FFFFul, true)]
    [InlineData(0x0000_8000_0000_0000ul, false)]
    [InlineData(0xFFFF_7FFF_FFFF_FFFFul, false)]
    [InlineData(0xFFFF_8000_0000_0000ul, true)]
    [InlineData(ulong.MaxValue, true)]
    [InlineData(0x8000_0000_0000_0000ul, false)]
    public void CanonicalAddressesAreSignExtended(ulong address, bool expected)
        => Assert.Equal(expected, new VirtualAddress(address).IsCanonical);

    [Fact]
    public void TableIndexesAreNineBitsEach()
    {
        var address = new VirtualAddress((1ul << 39) | (2ul << 30) | (3ul << 21) | (4ul << 12) | 5);
        Assert.Equal([1ul, 2, 3, 4], new[] { 4, 3, 2, 1 }.Select(address.TableIndex));
        Assert.Equal(5ul, address.PageOffset);
        Assert.Equal(511ul, new VirtualAddress(ulong.MaxValue).TableIndex(4));
    }

    [Theory]
    [InlineData(0x1000ul, 1ul, true)]
    [InlineData(0xFFFul, 1ul, false)]
    [InlineData(0ul, 1ul, false)]
    [InlineData(0ul, 0ul, true)] // an empty buffer
    [InlineData(0x0000_7FFF_FFFF_EFFFul, 1ul, true)]
    [InlineData(0x0000_7FFF_FFFF_EFFFul, 2ul, false)]
    [InlineData(0x0000_7FFF_FFFF_F000ul, 1ul, false)]
    [InlineData(0x1000ul, 0x0000_7FFF_FFFF_E000ul, true)]
    [InlineData(0x1000ul, 0x0000_7FFF_FFFF_E001ul, false)]
    [InlineData(0xFFFF_FFFF_8000_0000ul, 1ul, false)] // the kernel
    [InlineData(0x2000ul, ulong.MaxValue, false)] // overflow
    [InlineData(0x2000ul, 0xFFFF_FFFF_FFFF_F000ul, false)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, false)]
    [InlineData(ulong.MaxValue, 2ul, false)]
    public void UserRangesStayBelowTheKernel(ulong start, ulong length, bool expected)
        => Assert.Equal(expected, UserRange.Contains(new(start), length));

    [Fact]
    public void UserRangeEqualsTheSumInWideNumbers()
        => Gen.Select(Gen.ULong, Gen.ULong).Sample(
            (start, length) =>
            {
                bool expected = length == 0
                    || (start >= UserRange.Start && (UInt128)start + length <= UserRange.End);
                Assert.Equal(expected, UserRange.Contains(new(start), length));
            },
            threads: 1);

    [Fact]
    public void DirectMapReachesMemoryAtItsBase()
    {
        byte* memory = (byte*)NativeMemory.AlignedAlloc(3 * 4096, 4096);
        try
        {
            new Span<byte>(memory, 3 * 4096).Fill(0xEE);
            var map = new DirectMap((ulong)memory - 0x10_0000);
            map.ClearFrame(new(0x10_1000));
            map.Write64(new(0x10_1008), 0x1122334455667788);
            Assert.Equal(0x1122334455667788ul, map.Read64(new(0x10_1008)));
            Assert.Equal(0x88, memory[4096 + 8]);
            byte[] pattern = Enumerable.Range(1, 29).Select(i => (byte)i).ToArray();
            map.CopyIn(new(0x10_1FF3), pattern);
            byte[] seen = new byte[29];
            map.CopyOut(new(0x10_1FF3), seen);
            Assert.Equal(pattern, seen);
            Assert.Equal((ulong)memory + 5, map.VirtualOf(new(0x10_0005)).Value);
            Assert.Equal(0xEE, memory[4095]);
            Assert.Equal(0xEE, memory[2 * 4096 + 16]);
            Assert.Equal(4096 - 8 - 13, new ReadOnlySpan<byte>(memory + 4096, 4096).Count((byte)0));
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    [Fact]
    public void PageTablesWorkOnTheDirectMap()
    {
        byte* memory = (byte*)NativeMemory.AlignedAlloc(64 * 4096, 4096);
        try
        {
            var map = new DirectMap((ulong)memory);
            var frames = new FrameAllocator([new MemoryRange(default, 64 * 4096)], []);
            Assert.Equal(Abi.Status.Ok, PageTable.Create(map, frames, out PageTable? table));
            Assert.Equal(Abi.Status.Ok, table!.Map(new(0x5000), new(0x3000), PageFlags.UserData));
            Assert.Equal(0x3000ul, Assert.Single(HardwareWalker.Walk(map, table.Root)).Physical);
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    [Fact]
    public void SourcesGiveOnlyBytesThatExist()
    {
        byte* memory = stackalloc byte[4];
        for (byte i = 0; i < 4; i++)
            memory[i] = i;
        var whole = new MemoryBytes(new((ulong)memory), 4);
        var part = new ByteWindow(whole, 1, 2);
        Assert.Equal([1, 2, 3], whole.Slice(1, 3).ToArray());
        Assert.Equal([1, 2], part.Slice(0, 2).ToArray());
        Assert.Equal(2ul, part.Length);
        foreach (ByteSource source in new ByteSource[] { whole, part })
        {
            Assert.True(source.Slice(0, 5).IsEmpty);
            Assert.True(source.Slice(4, 1).IsEmpty);
            Assert.True(source.Slice(0, -1).IsEmpty);
            Assert.True(source.Slice(ulong.MaxValue, 2).IsEmpty);
        }

        Assert.True(part.Slice(2, 1).IsEmpty);
        Assert.Equal(0ul, new ByteWindow(whole, 2, 3).Length);
        Assert.Equal(0ul, new ByteWindow(whole, ulong.MaxValue, 2).Length);
    }
}
