// What QEMU sends is believed only if it makes sense. Subject: tools/RingOS.RemoteDevices/ProxyMessage.cs
using System;
using System.Buffers.Binary;
using CsCheck;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class ProxyMessageTests
{
    [Theory]
    [InlineData(ProxyCommand.WriteConfiguration, 12)]
    [InlineData(ProxyCommand.ReadConfiguration, 12)]
    [InlineData(ProxyCommand.WriteRegister, 24)]
    [InlineData(ProxyCommand.ReadRegister, 24)]
    [InlineData(ProxyCommand.SynchronizeMemory, 192)]
    [InlineData(ProxyCommand.Reset, 0)]
    public void EachCommandHasItsSize(ProxyCommand command, int size)
    {
        Assert.Equal((command, size), ProxyMessage.ReadHeader(Header((int)command, (ulong)size)));
        if (size != 0)
            Assert.Throws<ProxyException>(() => ProxyMessage.ReadHeader(Header((int)command, (ulong)size + 1)));
    }

    [Fact]
    public void ARegisterAccessIsTakenApart()
    {
        byte[] payload = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, 0xFEBC_0304);
        BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8), 7);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(16), 4);
        Assert.Equal(
            new ProxyMessage(ProxyCommand.WriteRegister, 0xFEBC_0304, 7, 4), ProxyMessage.Read(ProxyCommand.WriteRegister, payload));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(-1)]
    public void AnAccessOfNoSizeIsRefused(int bytes)
    {
        byte[] payload = new byte[24];
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(16), bytes);
        Assert.Throws<ProxyException>(() => ProxyMessage.Read(ProxyCommand.ReadRegister, payload));
    }

    [Fact]
    public void AnyHeaderIsAMessageOrOneClearLine()
        => Gen.Byte.Array[ProxyMessage.HeaderSize].Sample(header =>
        {
            try
            {
                (ProxyCommand command, int size) = ProxyMessage.ReadHeader(header);
                Assert.True(Enum.IsDefined(command));
                Assert.InRange(size, 0, ProxyMessage.LargestPayload);
            }
            catch (ProxyException exception)
            {
                Assert.DoesNotContain('\n', exception.Message);
            }
        });

    [Fact]
    public void AnyPayloadIsAMessageOrOneClearLine()
        => Gen.Select(Gen.Int[0, 7], Gen.Byte.Array[ProxyMessage.LargestPayload]).Sample((command, payload) =>
        {
            try
            {
                Assert.Equal((ProxyCommand)command, ProxyMessage.Read((ProxyCommand)command, payload).Command);
            }
            catch (ProxyException exception)
            {
                Assert.DoesNotContain('\n', exception.Message);
            }
        });

    [Fact]
    public void MorePiecesOfMemoryThanThereIsRoomForAreRefused()
    {
        byte[] payload = new byte[ProxyMessage.LargestPayload];
        Assert.Equal(ProxyMessage.MostPieces, ProxyMessage.ReadPieces(payload, ProxyMessage.MostPieces).Count);
        Assert.Throws<ProxyException>(() => ProxyMessage.ReadPieces(payload, ProxyMessage.MostPieces + 1));
    }

    internal static byte[] Header(int command, ulong size)
    {
        byte[] header = new byte[ProxyMessage.HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, command);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), size);
        return header;
    }
}
