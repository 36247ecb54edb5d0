// A guest's only clock, from the device's side. Subject: tools/RingOS.RemoteDevices/SimulatedClockDevice.cs. Back to: GuestMemoryTests.cs
using RingOS.Abi;
using RingOS.Devices.Pci;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class SimulatedClockDeviceTests
{
    private readonly SimulatedClockDevice _clock = new();

    [Fact]
    public void TimeIsARegisterOf64Bits()
    {
        Assert.Equal(SimulatedClockProtocol.Beginning, Shown(SimulatedClockProtocol.NowRegister));
        _clock.SetTime(0x12_3456_789A);
        Assert.Equal(0x12_3456_789Aul, Shown(SimulatedClockProtocol.NowRegister));
        Assert.Equal((0x3456_789Au, 0x12u), (Read(SimulatedClockProtocol.NowRegister), Read(SimulatedClockProtocol.NowRegister + 4)));
    }

    [Fact]
    public void AHaltSaysUntilWhen()
    {
        Assert.Equal(ulong.MaxValue, _clock.WakeAt);
        Halt(0x9_0000_1234);
        Assert.Equal(0x9_0000_1234ul, _clock.WakeAt);
        Halt(ulong.MaxValue);
        Assert.Equal(ulong.MaxValue, _clock.WakeAt);
    }

    [Fact]
    public void ARequestIsAnsweredOnce()
    {
        Halt(1234);
        Halt(1234); // its NIC came first
        Assert.Equal(1234ul, _clock.WakeAt);
        _clock.Wake();
        Halt(1234); // nothing new
        Assert.Equal(ulong.MaxValue, _clock.WakeAt);
        Halt(1300);
        Assert.Equal(1300ul, _clock.WakeAt);
        _clock.Reset();
        Assert.Equal(ulong.MaxValue, _clock.WakeAt);
        Halt(1234);
        Assert.Equal(1234ul, _clock.WakeAt);
    }

    [Fact]
    public void TheVectorThatEndsTheHaltIsShown()
    {
        _clock.EndHaltBy(0x50);
        Assert.Equal(0x50u, (uint)Shown(SimulatedClockProtocol.VectorRegister));
    }

    [Fact]
    public void OnlyTheStoreThatHaltsDoesSo()
    {
        Assert.Equal(RegisterKind.Halts, _clock.KindOf(SimulatedClockProtocol.IdleRegister));
        Assert.Equal((RegisterKind.Posted, RegisterKind.Posted), (_clock.KindOf(SimulatedClockProtocol.WakeRegister), _clock.KindOf(SimulatedClockProtocol.WakeRegister + 4)));
        Assert.Equal(RegisterKind.Ordinary, _clock.KindOf(SimulatedClockProtocol.NowRegister));
    }

    [Fact]
    public void ItInterruptsOnlyAGuestThatHasSwitchedThatOn()
    {
        _clock.Wake();
        Assert.False(_clock.TakeInterrupt(out _, out _));
        _clock.WriteConfiguration(0x04, 6, 2);
        _clock.WriteConfiguration(0x4C, 0xFEE0_0000, 4);
        _clock.WriteConfiguration(0x54, 0x41, 2);
        _clock.WriteConfiguration(0x4A, 1, 2);
        Assert.True(_clock.TakeInterrupt(out ulong address, out uint data));
        Assert.Equal((0xFEE0_0000ul, 0x41u), (address, data));
        Assert.False(_clock.TakeInterrupt(out _, out _));
    }

    private uint Read(uint offset) => _clock.ReadRegister(0, offset, 4);

    private ulong Shown(uint offset)
    {
        uint[] registers = new uint[SimulatedClockProtocol.WindowLength / sizeof(uint)];
        _clock.Show(registers, isAll: false);
        return registers[offset / sizeof(uint)] | ((ulong)registers[(offset / sizeof(uint)) + 1] << 32);
    }

    private void Halt(ulong until)
    {
        _clock.WriteRegister(0, SimulatedClockProtocol.WakeRegister, (uint)until, 4);
        _clock.WriteRegister(0, SimulatedClockProtocol.WakeRegister + 4, (uint)(until >> 32), 4);
        _clock.WriteRegister(0, SimulatedClockProtocol.IdleRegister, 1, 4);
    }
}
