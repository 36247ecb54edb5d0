// A guest's memory: what is memory, and what only has an address. Subjects: tools/RingOS.RemoteDevices/GuestMemory.cs, SharedMapping.cs.
// Next: RemoteBusTests.cs
using System;
using System.IO;
using System.Linq;
using CsCheck;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class GuestMemoryTests : IDisposable
{
    private const ulong Length = 2 << 20;

    private readonly GuestMemory _memory = new(2);

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0x9FFFF, 1)]
    [InlineData(0x10_0000, 4096)]
    [InlineData(0x1F_FFFC, 4)]
    public void OffsetsAreAddresses(ulong address, int length)
    {
        byte[] bytes = [.. Enumerable.Range(1, length).Select(static value => (byte)value)];
        Assert.True(_memory.TryWrite(address, bytes));
        byte[] read = new byte[length];
        Assert.True(_memory.TryRead(address, read));
        Assert.Equal(bytes, read);
        using FileStream other = new(_memory.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite); // as QEMU opens it
        other.Position = (long)address;
        other.ReadExactly(read);
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData(0xA0000, 1)] // the display's
    [InlineData(0x9FFFF, 2)]
    [InlineData(0xF_FFFF, 1)] // the firmware's
    [InlineData(0xF_FFFF, 2)]
    [InlineData(0x1F_FFFD, 4)]
    [InlineData(Length, 1)]
    [InlineData(1ul << 32, 1)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(ulong.MaxValue - 3, 8)] // would end at 4
    [InlineData(ulong.MaxValue, 4096)]
    public void WhatIsNotWhollyInsideIsRefused(ulong address, int length)
    {
        Assert.False(_memory.TryRead(address, new byte[length]));
        Assert.False(_memory.TryWrite(address, [.. Enumerable.Repeat((byte)1, length)]));
        byte[] all = new byte[0xA0000];
        Assert.True(_memory.TryRead(0, all));
        Assert.All(all, static value => Assert.Equal(0, value));
    }

    [Fact]
    public void NoAddressMakesItThrow()
        => Gen.Select(Gen.OneOf(Gen.ULong, Gen.ULong[0, Length + 10], Gen.ULong[0x9_FF00, 0x10_0100]), Gen.Int[0, 9000])
            .Sample((address, length) => Assert.Equal(_memory.TryRead(address, new byte[length]), _memory.TryWrite(address, new byte[length])), threads: 1);

    /// <summary>A file without a name is gone with the last process that has it, SIGKILL or not: there is nothing to clean up.</summary>
    [Fact]
    public void ItHasNoName() => Assert.Equal("/memfd:ringos-guest-memory (deleted)", new FileInfo(_memory.Path).LinkTarget);
}
