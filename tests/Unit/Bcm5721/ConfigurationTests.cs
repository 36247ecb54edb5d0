// The model's configuration space: identity, BAR sizing, MSI, and its mirror in the window. Next: ModelResetTests.cs
using System;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class ConfigurationTests : IDisposable
{
    private readonly ModelMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void ItIsABroadcomNetworkController()
    {
        Assert.Equal(0x1659_14E4u, Read(0x00));
        Assert.Equal(0x0200_0011u, Read(0x08));
        Assert.Equal(0x0010_0000u, Read(0x04)); // capabilities, everything off
        Assert.Equal(0x48u, Read(0x34));
        Assert.Equal(0x0100u, Read(0x3C)); // pin A
    }

    [Fact]
    public void SizingShowsOneMemoryBarOf64KiBAnd64Bits()
    {
        for (uint bar = 0x10; bar < 0x28; bar += 4)
            Write(bar, uint.MaxValue);
        Assert.Equal(0xFFFF_0004u, Read(0x10));
        Assert.Equal(uint.MaxValue, Read(0x14));
        for (uint offset = 0x18; offset <= 0x34 - 4; offset += 4)
            Assert.Equal(0u, Read(offset));
    }

    [Theory]
    [InlineData(0x28)]
    [InlineData(0x2C)]
    [InlineData(0x30)]
    [InlineData(0x38)]
    [InlineData(0x58)]
    [InlineData(0xFC)]
    [InlineData(0x100)]
    [InlineData(0xFFFF_FFFC)]
    public void WhatIsNotThereReadsZeroAndStaysSo(uint offset)
    {
        Write(offset, uint.MaxValue);
        Assert.Equal(0u, Read(offset));
    }

    [Fact]
    public void TheMessageCapabilityTakes64BitsOfAddress()
    {
        Assert.Equal(0x0080_0005u, Read(0x48));
        Write(0x48, uint.MaxValue);
        Write(0x4C, uint.MaxValue);
        Write(0x50, uint.MaxValue);
        Write(0x54, uint.MaxValue);
        Assert.Equal(0x0081_0005u, Read(0x48));
        Assert.Equal(0xFFFF_FFFCu, Read(0x4C));
        Assert.Equal(uint.MaxValue, Read(0x50));
        Assert.Equal(0x0000_FFFFu, Read(0x54));
    }

    [Fact]
    public void BytesAndWordsAreReadAndWrittenToo()
    {
        _machine.Device.WriteConfiguration(0x3C, 0x0B, 1);
        Assert.Equal(0x0Bu, _machine.Device.ReadConfiguration(0x3C, 1));
        Assert.Equal(0x1659u, _machine.Device.ReadConfiguration(2, 2));
        Assert.Equal(0x16u, _machine.Device.ReadConfiguration(3, 1));
        _machine.Device.WriteConfiguration(0x12, 0xFEB1, 2);
        Assert.Equal(0xFEB1_0004u, Read(0x10));
        _machine.Device.WriteConfiguration(0x69, 0x02, 1); // tagged status
        Assert.Equal(0x4101_0200u, Read(0x68));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void AccessesOfNoLengthDoNothing(int bytes)
    {
        _machine.Device.WriteConfiguration(0x3C, 0xFF, bytes);
        Assert.Equal(0u, _machine.Device.ReadConfiguration(0, bytes));
        _machine.Device.WriteRegister(0, 0x438, 0xFF, bytes);
        Assert.Equal(0u, _machine.Device.ReadRegister(0, 0x410, bytes));
        Assert.Equal((0x0100u, 0u), (Read(0x3C), _machine[0x438]));
    }

    [Fact]
    public void TheDeviceAnswersWhereAndWhenItIsTold()
    {
        Write(0x10, 0xFEB0_0000);
        Write(0x14, 0x12);
        Assert.Equal((0x12_FEB0_0000ul, false), (_machine.Device.WindowAddress, _machine.Device.AnswersMemory));
        Write(0x04, 2);
        Assert.True(_machine.Device.AnswersMemory);
        Write(0x04, 0);
        Assert.False(_machine.Device.AnswersMemory);
    }

    [Fact]
    public void TheWindowBeginsWithAMirrorWhoseHeaderCannotBeWritten()
    {
        for (uint offset = 0; offset < 0x58; offset += 4)
        {
            _machine[offset] = uint.MaxValue;
            Assert.Equal(Read(offset), _machine[offset]);
        }
        Assert.Equal(0x1659_14E4u, _machine[0]);
        Assert.False(_machine.Device.MastersBus); // nor message, nor address
        Assert.Equal((4u, 0x0080_0005u), (Read(0x10), Read(0x48)));
    }

    [Fact]
    public void AResetOfTheBusForgetsAddressAndMessage()
    {
        _machine.Start(1, 0);
        _machine.Send(0);
        _machine.Finish();
        Assert.True(_machine.Device.InterruptPending);
        Write(0x10, 0xFEB0_0000);

        _machine.Device.Reset();

        Assert.False(_machine.Device.InterruptPending);
        Assert.Equal((4u, 0x0010_0000u, 0x0080_0005u, 0u), (Read(0x10), Read(0x04), Read(0x48), _machine[0x3C00]));
    }

    private uint Read(uint offset) => _machine.Device.ReadConfiguration(offset, 4);

    private void Write(uint offset, uint value) => _machine.Device.WriteConfiguration(offset, value, 4);
}
