// Start, interrupts, and a device that does not answer. Back to: Rtl8139Machine.cs
using System;
using System.Linq;
using RingOS.Abi;
using RingOS.Drivers.Rtl8139;
using RingOS.Hardware;
using RingOS.Tests.Unit.E1000;
using Xunit;

namespace RingOS.Tests.Unit.Rtl8139;

public sealed class StartTests
{
    [Fact]
    public void TheStationAddressIsTheDevices()
    {
        using var machine = Rtl8139Machine.Running();
        Assert.Equal(FakeRtl8139.StationAddress, machine.Driver.MacAddress);
        Assert.Equal(NicCapabilities.None, machine.Driver.Capabilities);
        Assert.Equal(Status.Busy, machine.Driver.Start());
    }

    [Fact]
    public void ADeviceThatNeverResetsIsNotStarted()
    {
        using Rtl8139Machine machine = new();
        machine.Device.NeverResets = true;
        Assert.Equal(Status.TimedOut, machine.Driver.Start());
        Assert.Equal(Status.NetworkDown, machine.Transmit(0));
    }

    [Fact]
    public void ADeviceThatIsGoneIsNotStarted()
    {
        using Rtl8139Machine machine = new();
        machine.Device.IsGone = true;
        Assert.Equal(Status.TimedOut, machine.Driver.Start());
    }

    [Fact]
    public void ADeviceThatGoesReportsNothing()
    {
        using var machine = Rtl8139Machine.Running();
        machine.Transmit(1);
        machine.Lend(2);
        machine.Device.IsGone = true;
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Transmitted);
        machine.Driver.Stop();
        Assert.Equal([1, 2], machine.Transmitted.Select(static entry => (int)entry.Packet));
    }

    [Theory]
    [InlineData(InterruptMode.Frame, true)]
    [InlineData(InterruptMode.Poll, false)]
    public void OnlyWhoPollsGetsNoInterrupts(InterruptMode mode, bool interrupts)
    {
        using var machine = Rtl8139Machine.Running(mode);
        Assert.Equal(interrupts, machine.Device.InterruptMask != 0);
        machine.Transmit(3);
        machine.Device.CompleteOne();
        Assert.Equal(interrupts, machine.Device.InterruptLine);
        machine.Driver.OnInterrupt();
        Assert.Single(machine.Transmitted);
    }

    [Fact]
    public void AnInterruptOfAnotherDeviceCostsOneRead()
    {
        using var machine = Rtl8139Machine.Running();
        machine.Driver.OnInterrupt();
        Assert.Equal(["r16 3E"], machine.Device.Accesses);
        Assert.Equal(0ul, machine.Counter(NicCounter.Interrupts));
    }

    [Fact]
    public void TheLinkIsReported()
    {
        using var machine = Rtl8139Machine.Running();
        machine.Device.SetLink(false);
        machine.Driver.OnInterrupt();
        machine.Device.SetLink(true);
        machine.Driver.OnInterrupt();
        Assert.Equal([false, true], machine.LinkChanges);
    }

    [Fact]
    public void WithoutCopiesItStopsAtOnce()
    {
        using FakeRtl8139 device = new();
        NicGrant grant = new(device, device.Dma, new PacketWindow(default, 1), new FakeClock());
        Assert.Throws<InvalidOperationException>(() => new Rtl8139Controller(grant, null!));
    }
}
