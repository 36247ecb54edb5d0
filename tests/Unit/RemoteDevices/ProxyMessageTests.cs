// What QEMU may say, and everything else. Subject: tools/RingOS.RemoteDevices/ProxyMessage.cs. Next: ProxyLinkTests.cs
using System;
using System.Buffers.Binary;
using System.Linq;
using CsCheck;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class ProxyMessageTests
{
    private static readonly ulong[] s_sizes = [0, 1, 8, 11, 12, 13, 23, 24, 25, 191, 192, 193];

    private static readonly Gen<byte[]> s_header = Gen.Select(
        Gen.Frequency((4, Gen.Int[-1, 9]), (1, Gen.Int)),
        Gen.Int,
        Gen.Frequency((4, Gen.Int[0, s_sizes.Length - 1].Select(static index => s_sizes[index])), (1, Gen.ULong)),
        static (command, padding, size) =>
        {
            byte[] header = ScriptedQemu.Header(command, size);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), padding);
            return header;
        });

    [Theory]
    [InlineData(0, 192)]
    [InlineData(2, 12)]
    [InlineData(3, 12)]
    [InlineData(4, 24)]
    [InlineData(5, 24)]
    [InlineData(6, 0)]
    [InlineData(6, 192)]
    [InlineData(7, 0)]
    public void EveryCommandHasItsSize(int command, int size)
        => Assert.Equal(((ProxyCommand)command, size), ProxyMessage.ReadHeader(ScriptedQemu.Header(command, (ulong)size)));

    [Theory]
    [InlineData(0, 191)]
    [InlineData(0, 193)]
    [InlineData(1, 8)] // an answer is ours to give
    [InlineData(2, 11)]
    [InlineData(3, 24)]
    [InlineData(4, 12)]
    [InlineData(5, 0)]
    [InlineData(6, 193)]
    [InlineData(7, 1ul << 32)] // 0 in 32 bits
    [InlineData(7, ulong.MaxValue)]
    [InlineData(8, 0)]
    [InlineData(-1, 0)]
    public void WhatHasAnotherSizeOrNoMeaningIsRefused(int command, ulong size)
    {
        ProxyException refusal = Assert.Throws<ProxyException>(() => ProxyMessage.ReadHeader(ScriptedQemu.Header(command, size)));
        Assert.Contains($"command {command}, {size} bytes", refusal.Message);
    }

    [Fact]
    public void AccessesAreTakenApart()
    {
        Assert.Equal(
            new ProxyMessage(ProxyCommand.WriteConfiguration, 0xFFFF_FFF0, 0x8765_4321, 2),
            ProxyMessage.Read(ProxyCommand.WriteConfiguration, ScriptedQemu.Configuration(0xFFFF_FFF0, 0x8765_4321, 2)));
        Assert.Equal(
            new ProxyMessage(ProxyCommand.WriteRegister, 0xFEDC_BA98_7654_3210, 0x8000_0000_0000_0001, 8),
            ProxyMessage.Read(ProxyCommand.WriteRegister, ScriptedQemu.Register(0xFEDC_BA98_7654_3210, 0x8000_0000_0000_0001, 8)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-4)]
    [InlineData(int.MaxValue)]
    public void AnAccessOfAnotherLengthIsRefused(int bytes)
    {
        Assert.Throws<ProxyException>(() => ProxyMessage.Read(ProxyCommand.ReadConfiguration, ScriptedQemu.Configuration(0, 0, bytes)));
        Assert.Throws<ProxyException>(() => ProxyMessage.Read(ProxyCommand.ReadRegister, ScriptedQemu.Register(0, 0, bytes)));
    }

    [Fact]
    public void PiecesOfMemoryAreInThreeTables()
    {
        byte[] payload = new byte[ProxyMessage.LargestPayload];
        for (int word = 0; word < 24; word++)
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(word * 8), (ulong)(word + 100));
        Assert.Equal([new MemoryPiece(100, 108, 116), new MemoryPiece(101, 109, 117)], ProxyMessage.ReadPieces(payload, 2));
        Assert.Equal(new MemoryPiece(107, 115, 123), ProxyMessage.ReadPieces(payload, 8)[7]);
        Assert.Empty(ProxyMessage.ReadPieces(payload, 0));
        Assert.Throws<ProxyException>(() => ProxyMessage.ReadPieces(payload, 9));
    }

    [Fact]
    public void WhateverComesIsAMessageOrOneLine() => Gen.Select(s_header, Gen.Byte.Array[192], Gen.Int[0, 20]).Sample((header, bytes, files) =>
    {
        try
        {
            (ProxyCommand command, int size) = ProxyMessage.ReadHeader(header);
            ProxyMessage message = ProxyMessage.Read(command, bytes.AsSpan(0, size));
            bool isAccess = command is >= ProxyCommand.WriteConfiguration and <= ProxyCommand.ReadRegister;
            Assert.True(!isAccess || message.Bytes is 1 or 2 or 4 or 8);
            Assert.Equal(command is not ProxyCommand.SynchronizeMemory and not ProxyCommand.SetInterruptHandles, message.IsAnswered);
            if (command == ProxyCommand.SynchronizeMemory)
                Assert.Equal(files, ProxyMessage.ReadPieces(bytes, files).Count);
        }
        catch (ProxyException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
            Assert.NotEmpty(exception.Message);
        }
    }, iter: 20_000);

    [Fact]
    public void AnAnswerIsOneWord()
    {
        byte[] answer = [.. Enumerable.Repeat((byte)0xCC, 24)];
        ProxyMessage.WriteAnswer(answer, 0x1122_3344_5566_7788);
        Assert.Equal("01000000000000000800000000000000" + "8877665544332211", Convert.ToHexStringLower(answer));
    }
}
