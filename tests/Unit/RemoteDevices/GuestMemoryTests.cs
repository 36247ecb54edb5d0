// DMA goes where the guest's memory is and nowhere else. Subject: tools/RingOS.RemoteDevices/GuestMemory.cs
using System;
using System.IO;
using Microsoft.Win32.SafeHandles;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class GuestMemoryTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly GuestMemory _memory = new();

    public GuestMemoryTests()
    {
        File.WriteAllBytes(_path, new byte[0x3000]);
        _memory.Replace(
            [new MemoryPiece(0, 0x1000, 0x1000), new MemoryPiece(0x10_0000, 0x1000, 0x2000)],
            [Open(), Open()]);
    }

    public void Dispose()
    {
        _memory.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public void AnAddressIsTranslatedByItsPiece()
    {
        Assert.True(_memory.TryWrite(0x10_0010, "frame"u8));
        byte[] bytes = new byte[5];
        Assert.True(_memory.TryRead(0x10_0010, bytes));
        Assert.Equal("frame"u8, bytes);
        Assert.Equal("frame"u8, File.ReadAllBytes(_path).AsSpan(0x2010, 5));
    }

    [Theory]
    [InlineData(0x0FFDul, 4)] // over the end of a piece
    [InlineData(0x1000ul, 1)] // behind it
    [InlineData(0xF_FFFFul, 2)] // before the next
    [InlineData(0x10_1000ul, 1)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(ulong.MaxValue - 2, 8)] // would wrap round
    public void OutsideItIsRefusedAndNothingIsWritten(ulong address, int length)
    {
        byte[] before = File.ReadAllBytes(_path);
        Assert.False(_memory.TryWrite(address, new byte[length].AsSpan()[..length]));
        Assert.False(_memory.TryRead(address, new byte[length]));
        Assert.Equal(before, File.ReadAllBytes(_path));
    }

    [Fact]
    public void TheLastByteOfAPieceIsInside() => Assert.True(_memory.TryWrite(0x0FFF, [1]));

    [Fact]
    public void ANewLayoutClosesTheOldFiles()
    {
        SafeFileHandle first = Open();
        _memory.Replace([new MemoryPiece(0, 0x1000, 0)], [first]);
        _memory.Replace([], []);
        Assert.True(first.IsClosed);
        Assert.False(_memory.TryRead(0, new byte[1]));
    }

    private SafeFileHandle Open() => File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}
