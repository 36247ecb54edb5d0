// The model's reset, its memory window, its transceiver. Next: ModelTransmitTests.cs
using System;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class ModelResetTests : IDisposable
{
    private const uint Signature = ~0x4B65_7654u;
    private readonly ModelMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void AfterAResetTheBootCodeLeavesItsSignatureAndTheAddress()
    {
        _machine[0x68] = 0x80;
        _machine.SetSram(0xB50, 0x4B65_7654);
        Assert.Equal(0x4B65_7654u, _machine.Sram(0xB50));
        _machine[0x438] = 5;

        _machine[0x6804] = 1;

        _machine[0x68] = 0x80;
        Assert.Equal(Signature, _machine.Sram(0xB50));
        Assert.Equal((0x484B_5254u, 0x0012_3456u), (_machine.Sram(0xC14), _machine.Sram(0xC18)));
        Assert.Equal((0x5254u, 0x0012_3456u), (_machine[0x410], _machine[0x414]));
        Assert.Equal((0u, 0u), (_machine[0x438], _machine[0x6804] & 1));
    }

    [Fact]
    public void TheBootCodeTakesItsTime()
    {
        _machine.Device.BootNanoseconds = 5_000;
        _machine.Device.AdvanceTo(1_000);
        _machine[0x6804] = 1;
        _machine[0x68] = 0x80;
        Assert.Equal((0u, 0u), (_machine.Sram(0xB50), _machine[0x410]));
        Assert.True(_machine.Device.TryGetDeadline(out ulong due));
        Assert.Equal(6_000ul, due);
        _machine.Device.AdvanceTo(5_999);
        Assert.Equal(0u, _machine.Sram(0xB50));
        _machine.Device.AdvanceTo(6_000);
        Assert.Equal((Signature, 0x5254u), (_machine.Sram(0xB50), _machine[0x410]));
        Assert.False(_machine.Device.TryGetDeadline(out _));
    }

    [Fact]
    public void TheMemoryWindowNeedsIndirectAccess()
    {
        _machine[0x68] = 0;
        _machine.SetSram(0x100, 7);
        Assert.Equal(0u, _machine.Sram(0x100));
        _machine[0x68] = 0x80;
        Assert.Equal(0u, _machine.Sram(0x100));
        _machine.SetSram(0x100, 7);
        Assert.Equal(7u, _machine.Sram(0x100));
        _machine[0x7C] = 0;
        Assert.Equal(7u, _machine[0x8100]); // also as a whole in the upper half of BAR 0
        _machine[0x8104] = 9;
        Assert.Equal(9u, _machine.Sram(0x104));
    }

    [Theory]
    [InlineData(0x0002_0000)]
    [InlineData(0xFFFF_FFFC)]
    public void BeyondTheChipsMemoryThereIsNothing(uint address)
    {
        _machine[0x68] = 0x80;
        _machine.SetSram(address, 1);
        Assert.Equal(0u, _machine.Sram(address));
        _machine[0xFFFC] = 1;
        Assert.Equal(0u, _machine[0xFFFC]);
    }

    [Fact]
    public void ARegisterIsReadInPartsAndWrittenWhole()
    {
        _machine[0x464] = 0x0000_2620;
        Assert.Equal(0x26u, _machine.Device.ReadRegister(0, 0x465, 1));
        _machine.Device.WriteRegister(0, 0x464, 0xFF, 1);
        _machine.Device.WriteRegister(0, 0x462, 0xFFFF_FFFF, 4);
        _machine.Device.WriteRegister(1, 0x464, 0, 4);
        _machine.Device.WriteRegister(0, 0x1_0464, 0, 4);
        Assert.Equal(0x2620u, _machine[0x464]);
        Assert.Equal(0u, _machine.Device.ReadRegister(1, 0x464, 4));
        Assert.Equal(0u, _machine.Device.ReadRegister(0, ulong.MaxValue, 4));
    }

    [Theory]
    [InlineData(100, false, 0x0080)]
    [InlineData(10, false, 0x0020)]
    [InlineData(100, true, 0x41E1)]
    [InlineData(10, true, 0x4061)]
    public void TheTransceiverTellsOfTheLink(int megabits, bool isFullDuplex, uint partner)
    {
        Assert.Equal((0u, 0u), (Phy(1) & 4, Phy(5)));
        Assert.Equal(0u, _machine[0x460] & 8);
        _machine.Device.SetLink(true, megabits, isFullDuplex);
        Phy(1);
        Assert.Equal(0x7809u | 0x24u, Phy(1));
        Assert.Equal(partner, Phy(5));
        Assert.Equal(isFullDuplex ? 1u : 0, Phy(6));
        Assert.Equal(8u, _machine[0x460] & 8);
    }

    [Fact]
    public void ALostLinkIsShownOnceEvenIfItIsBack()
    {
        _machine.Device.SetLink(true, 100, false);
        Phy(1);
        Assert.Equal(4u, Phy(1) & 4);
        _machine.Device.SetLink(false, 100, false);
        _machine.Device.SetLink(true, 100, false);
        Assert.Equal(0u, Phy(1) & 4);
        Assert.Equal(4u, Phy(1) & 4);
    }

    [Fact]
    public void AnotherTransceiverDoesNotAnswer()
    {
        _machine[0x44C] = 0x2800_0000 | (2 << 21) | (1 << 16);
        Assert.Equal(0x1000_FFFFu, _machine[0x44C] & 0x3000_FFFF);
    }

    [Fact]
    public void ItsControlRegisterCanBeWrittenAndItsResetClearsItself()
    {
        _machine[0x44C] = 0x2400_0000 | (1 << 21) | 0x2100;
        Assert.Equal(0x2100u, Phy(0));
        _machine[0x44C] = 0x2400_0000 | (1 << 21) | 0x8000;
        Assert.Equal(0x1000u, Phy(0));
    }

    [Fact]
    public void OnlySpeedsOfTheMediumExist()
        => Assert.Throws<ArgumentOutOfRangeException>(() => _machine.Device.SetLink(true, 1000, true));

    private uint Phy(uint register)
    {
        _machine[0x44C] = 0x2800_0000 | (1 << 21) | (register << 16);
        Assert.Equal(0u, _machine[0x44C] & 0x3000_0000);
        return _machine[0x44C] & 0xFFFF;
    }
}
