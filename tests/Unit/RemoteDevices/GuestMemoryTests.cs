// A guest's memory in files: several pieces, their borders, and files that fail. Subject: tools/RingOS.RemoteDevices/GuestMemory.cs.
// Next: InterruptLinkTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Pipes;
using System.Linq;
using CsCheck;
using Microsoft.Win32.SafeHandles;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class GuestMemoryTests : IDisposable
{
    private const ulong Four = 1ul << 32;

    private static readonly ulong[] s_edges = [0, 8191, 8192, 1ul << 63, ulong.MaxValue, ulong.MaxValue - 4095];

    private static readonly Gen<ulong> s_number = Gen.Frequency(
        (3, Gen.ULong[0, 9000]), (1, Gen.ULong), (2, Gen.Int[0, s_edges.Length - 1].Select(static index => s_edges[index])));

    private readonly SharedFile _low = new(8192);
    private readonly SharedFile _high = new(4096);
    private readonly ScriptedQemu _qemu = ScriptedQemu.Started();

    public void Dispose()
    {
        _qemu.Dispose();
        _low.Dispose();
        _high.Dispose();
    }

    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0xFFF, 1, 0, 0xFFF)]
    [InlineData(0x2000, 4, 0, 0x1800)] // a piece with an offset
    [InlineData(0x27FC, 4, 0, 0x1FFC)]
    [InlineData(Four + 0x10, 16, 1, 0x110)]
    [InlineData(Four + 0xEF0, 16, 1, 0xFF0)]
    public void AddressesAreTranslatedByTheTable(ulong address, int length, int file, int offset)
    {
        Synchronize();
        byte[] read = new byte[length];
        Assert.True(_qemu.Memory.TryRead(address, read));
        SharedFile expected = file == 0 ? _low : _high;
        Assert.Equal(expected.Bytes.Skip(offset).Take(length), read);
        Assert.True(_qemu.Memory.TryWrite(address, [.. read.Select(static value => (byte)~value)]));
        Assert.Equal(read.Select(static value => (byte)~value), expected.Bytes.Skip(offset).Take(length));
    }

    [Theory]
    [InlineData(0xFFF, 2)]
    [InlineData(0x1000, 1)]
    [InlineData(0x1FFF, 1)]
    [InlineData(0x1FFF, 2)]
    [InlineData(0x27FD, 4)]
    [InlineData(Four - 1, 1)]
    [InlineData(Four + 0xF00, 1)]
    [InlineData(Four + 0xEFF, 2)]
    [InlineData(ulong.MaxValue, 1)]
    [InlineData(ulong.MaxValue - 3, 8)] // would end at 4
    [InlineData(ulong.MaxValue, 4096)]
    public void WhatIsNotWhollyInsideIsRefused(ulong address, int length)
    {
        Synchronize();
        (byte[] low, byte[] high) = (_low.Bytes, _high.Bytes);
        byte[] bytes = new byte[length];
        Assert.False(_qemu.Memory.TryRead(address, bytes));
        Assert.False(_qemu.Memory.TryWrite(address, bytes));
        Assert.Equal((low, high), (_low.Bytes, _high.Bytes), Same);
    }

    [Fact]
    public void BeforeAnyLayoutThereIsNoMemory() => Assert.False(_qemu.Memory.TryRead(0, new byte[1]));

    [Fact]
    public void ANewLayoutReplacesTheOldAndClosesItsFiles()
    {
        for (int count = 0; count < 300; count++)
            Synchronize();
        Assert.Equal((3, 2), (_low.OpenTimes, _high.OpenTimes)); // two pieces of one file, and the test's own
        _qemu.Synchronize((0x5000, 0x100, 0, _high.Handle));
        Assert.Equal((1, 2), (_low.OpenTimes, _high.OpenTimes));
        Assert.False(_qemu.Memory.TryRead(0, new byte[1]));
        Assert.True(_qemu.Memory.TryRead(0x5000, new byte[1]));
        _qemu.Memory.Dispose();
        Assert.Equal(1, _high.OpenTimes);
        Assert.False(_qemu.Memory.TryWrite(0x5000, new byte[1]));
    }

    [Theory]
    [InlineData(0x1000, 0x2000)] // beyond the end of the file
    [InlineData(0, 1ul << 60)]
    [InlineData(ulong.MaxValue - 0xFFF, 0x1000)]
    [InlineData(1ul << 63, 0x1000)]
    public void APieceEndsWithItsFile(ulong offset, ulong length)
    {
        _qemu.Synchronize((0, length, offset, _high.Handle));
        Assert.False(_qemu.Memory.TryWrite(0x1000, [1]));
        Assert.False(_qemu.Memory.TryWrite(0xFFF, [1, 2]));
        Assert.Equal(offset == 0, _qemu.Memory.TryRead(0xFFF, new byte[1]));
        Assert.Equal(4096, _high.Length);
    }

    [Fact]
    public void AFileThatHasBecomeShorterIsRefused()
    {
        Synchronize();
        _high.Cut(0x100);
        Assert.False(_qemu.Memory.TryRead(Four + 0x10, new byte[4]));
    }

    [Fact]
    public void AFileThatCannotBeWrittenOrHasNoPlacesIsRefused()
    {
        using SafeFileHandle readOnly = _low.Open(FileAccess.Read);
        using AnonymousPipeServerStream pipe = new(PipeDirection.In, HandleInheritability.None);
        using SafeFileHandle end = new(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        using SafeFileHandle full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite);
        _qemu.Synchronize((0, 0x1000, 0, readOnly), (0x1_0000, 0x1000, 0, end), (0x2_0000, 0x1000, 0, full));
        Assert.True(_qemu.Memory.TryRead(0, new byte[4]));
        Assert.False(_qemu.Memory.TryWrite(0, new byte[4]));
        Assert.False(_qemu.Memory.TryRead(0x1_0000, new byte[4])); // and does not wait
        Assert.False(_qemu.Memory.TryWrite(0x2_0000, new byte[4]));
    }

    [Fact]
    public void NoLayoutAndNoAddressMakesItThrow()
        => Gen.Select(Gen.Select(s_number, s_number, s_number).Array[0, 4], Gen.Select(s_number, Gen.Int[0, 9000]).Array[1, 8]).Sample((pieces, accesses) =>
        {
            using GuestMemory memory = new();
            List<SafeFileHandle> files = [.. pieces.Select(_ => _low.Open())];
            memory.Replace([.. pieces.Select(static piece => new MemoryPiece(piece.Item1, piece.Item2, piece.Item3))], files);
            foreach ((ulong address, int length) in accesses)
            {
                bool isRead = memory.TryRead(address, new byte[length]);
                Assert.Equal(isRead, memory.TryWrite(address, new byte[length]));
                Assert.Equal(8192, _low.Length);
            }
        }, iter: 2_000, threads: 1);

    private static bool Same((byte[] Low, byte[] High) one, (byte[] Low, byte[] High) other)
        => one.Low.SequenceEqual(other.Low) && one.High.SequenceEqual(other.High);

    // As QEMU's: holes between, and one file in two places.
    private void Synchronize() => _qemu.Synchronize(
        (0, 0x1000, 0, _low.Handle), (0x2000, 0x800, 0x1800, _low.Handle), (Four, 0xF00, 0x100, _high.Handle));
}
