// What the model shows of its registers, for those who load them from memory. Subject: Bcm5721Device.ShowRegisters. Back to: ModelMachine.cs
using CsCheck;
using RingOS.Devices;
using RingOS.Devices.Bcm5721;
using RingOS.Devices.Pci;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class ShownRegistersTests
{
    private static readonly uint[] s_offsets =
        [0x04, 0x10, 0x3C, 0x68, 0x7C, 0x84, 0x204, 0x26C, 0x284, 0x304, 0x400, 0x404, 0x410, 0x44C, 0x460, 0x808, 0x82C, 0x2250, 0x3C00, 0x6804, 0x8000, 0x8B50, 0xFFFC];

    private static readonly Gen<(uint Offset, uint Value)> s_store = Gen.Select(
        Gen.OneOf(Gen.Int[0, s_offsets.Length - 1].Select(static index => s_offsets[index]), Gen.UInt[0, 0x3FFF].Select(static word => word * 4)),
        Gen.OneOf(Gen.UInt, Gen.UInt[0, 3], Gen.UInt[0, 0x2_0000].Select(static address => address & ~3u)));

    /// <summary>Registers, chip memory behind whatever window, the mirror of configuration space: all of it, whatever was stored and sent.</summary>
    [Fact]
    public void WhatIsShownIsWhatReadingReturns()
        => s_store.Array[0, 40].Select(Gen.Bool).Sample((stores, sends) =>
        {
            using ModelMachine machine = ModelMachine.Running();
            foreach ((uint offset, uint value) in stores)
                machine[offset] = value;
            if (sends)
                machine.Device.OnTransmitted(new TransmitResult(TransmitEnd.LateCollision, 3));
            uint[] shown = new uint[Bcm5721Device.WindowLength / sizeof(uint)];
            machine.Device.Show(shown, isAll: true);
            for (uint offset = 0; offset < Bcm5721Device.WindowLength; offset += sizeof(uint))
                Assert.Equal((offset, machine[offset]), (offset, shown[offset / sizeof(uint)]));
        }, iter: 100);

    /// <summary>Without the guest's doing: counters, link, and the boot code that is done some time after a reset.</summary>
    [Fact]
    public void WhatChangesByItselfIsShownWithoutAskingForAll()
    {
        using ModelMachine machine = ModelMachine.Running();
        uint[] shown = new uint[Bcm5721Device.WindowLength / sizeof(uint)];
        machine.Device.BootNanoseconds = 1_000;
        machine[0x6804] = 1;
        machine.Device.Show(shown, isAll: true);
        Assert.Equal(0u, shown[0x8B50 / 4]);
        machine.Device.AdvanceTo(1_000);
        machine.Device.SetLink(false, 100, isFullDuplex: false);
        machine.Device.Show(shown, isAll: false);
        Assert.Equal((~0x4B65_7654u, 1u << 12, 0u), (shown[0x8B50 / 4], shown[0x404 / 4], shown[0x460 / 4]));
    }

    /// <summary>A mailbox reads as it was stored, so nobody need ask for it; of all registers, just the counters are cleared by a load.</summary>
    [Fact]
    public void KindsAreTrue()
    {
        using ModelMachine machine = ModelMachine.Running();
        for (int count = 0; count < 3; count++)
            machine.Device.OnReceived(new byte[10]); // too short
        for (uint offset = 0x100; offset < 0x8000; offset += sizeof(uint))
        {
            uint before = machine[offset];
            uint after = machine[offset];
            Assert.True(before == after || (after == 0 && machine.Device.KindOf(offset) == RegisterKind.ClearedByLoad), $"{offset:x}");
            if (machine.Device.KindOf(offset) != RegisterKind.Posted)
                continue;
            machine[offset] = 0x1234_5678;
            Assert.Equal(0x1234_5678u, machine[offset]);
        }
    }
}
