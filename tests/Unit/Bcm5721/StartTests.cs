// The driver's Start, Stop and link, against the model. Next: TransmitTests.cs
using System.Linq;
using RingOS.Abi;
using RingOS.Drivers.Bcm5721;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class StartTests
{
    [Theory]
    [InlineData(false, 0x00E0_0006)]
    [InlineData(true, 0x00E0_0004)]
    public void StartProgramsTheMacForItsMedium(bool isFullDuplex, uint macMode)
    {
        using var machine = new Bcm5721Machine();
        machine.Device.SetLink(true, 100, isFullDuplex);
        Assert.Equal(Status.Ok, machine.Driver.Start());

        Assert.Equal(macMode, machine.Read(0x400));
        Assert.Equal(!isFullDuplex, machine.Device.IsHalfDuplex);
        Assert.Equal(0x2620u, machine.Read(0x464));
        Assert.Equal(0x52u + 0x54 + 0x00 + 0x12 + 0x34 + 0x56, machine.Read(0x438)); // the sum of the address' bytes
        Assert.Equal((1522u, 2u, 2u), (machine.Read(0x43C), machine.Read(0x45C), machine.Read(0x468)));
        Assert.Equal((0x0403_0034u, 65u << 1), (machine.Read(0x6800), machine.Read(0x6804)));
        Assert.All(ModelMachine.Blocks, block => Assert.Equal(2u, machine.Read(block) & 2));
    }

    [Theory]
    [InlineData(InterruptMode.Frame, 1, 0, 0)]
    [InlineData(InterruptMode.Moderated, 32, 50, 0)]
    [InlineData(InterruptMode.Poll, 1, 0, 1)]
    public void TheModeIsTheStatusBlocksAndTheMailboxs(InterruptMode mode, uint frames, uint ticks, uint mailbox)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running(mode);
        Assert.Equal((frames, frames), (machine.Read(0x3C10), machine.Read(0x3C14)));
        Assert.Equal((ticks, ticks), (machine.Read(0x3C08), machine.Read(0x3C0C)));
        Assert.Equal(mailbox, machine.Read(0x204));
    }

    [Fact]
    public void RingsAndStatusLieInTheGrantedMemoryAndDoNotOverlap()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        ulong send = Sram(machine, 0x100);
        ulong returns = Sram(machine, 0x200);
        ulong standard = ((ulong)machine.Read(0x2450) << 32) | machine.Read(0x2454);
        ulong status = ((ulong)machine.Read(0x3C38) << 32) | machine.Read(0x3C3C);
        Assert.Equal(GuestMemory.DmaAddress, send);
        Assert.Equal(send + 128 * 16, standard);
        Assert.Equal(standard + 128 * 32, returns);
        Assert.Equal(returns + 128 * 32, status);
        Assert.True(status + 0x50 <= GuestMemory.DmaAddress + Bcm5721Controller.DmaLength);
    }

    [Fact]
    public void StationAddressHasItsFirstByteInTheLowBits()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        Assert.Equal(Bcm5721Machine.StationAddress, machine.Driver.MacAddress);
        Assert.Equal(NicCapabilities.None, machine.Driver.Capabilities);
    }

    [Fact]
    public void ADeviceThatNeverBootsIsGivenUp()
    {
        using var machine = new Bcm5721Machine();
        machine.Device.BootNanoseconds = 1;
        ulong begun = machine.Clock.Now;
        Assert.Equal(Status.TimedOut, machine.Driver.Start());
        Assert.InRange(machine.Clock.Now - begun, 100_000_000ul, 1_000_000_000ul);
        Assert.Equal((Status.NetworkDown, Status.NetworkDown), (machine.Transmit(1), machine.Lend(1)));
        machine.Driver.OnInterrupt();
        machine.Driver.FlushTransmit();
        machine.Device.BootNanoseconds = 0;
        Assert.Equal(Status.Ok, machine.Driver.Start());
        Assert.Equal(Status.Busy, machine.Driver.Start());
    }

    [Fact]
    public void NoRegisterIsTouchedWhileTheResetSettles()
    {
        using var machine = new Bcm5721Machine();
        machine.Clock.StepTicks = 100;
        var window = new ResetWatch(machine);
        Assert.Equal(Status.Ok, machine.NewDriver(InterruptMode.Frame, window).Start());
        Assert.InRange(window.Pause, 100_000ul, 1_000_000ul); // 100 microseconds and more
    }

    [Fact]
    public void StopReturnsEveryPacketAsAborted()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 10; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet));
        for (int packet = 10; packet < 15; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));
        machine.Port.Finish();
        machine.Interrupt();

        machine.Driver.Stop();

        Assert.Equal(Enumerable.Range(0, 15).Select(packet => (ushort)packet), machine.TransmittedPackets);
        Assert.Equal(TransmitOutcome.Sent, machine.Outcomes[0]);
        Assert.All(machine.Outcomes.Skip(1), outcome => Assert.Equal(TransmitOutcome.Aborted, outcome));
        Assert.Equal(9ul, machine.Counter(NicCounter.TransmitErrors));
        int writes = machine.Memory.Writes;
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(64));
        machine.Port.Finish();
        Assert.Equal((writes, 0), (machine.Memory.Writes, machine.Memory.Refused));
        Assert.False(machine.Device.InterruptPending);
        Assert.Equal((Status.NetworkDown, Status.NetworkDown), (machine.Transmit(1), machine.Lend(1)));
        machine.Driver.Stop();
        machine.Driver.OnInterrupt();
        Assert.Equal(15, machine.Transmitted.Count);
    }

    [Fact]
    public void StopAndStartMakeAWorkingDriverAgain()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 100; packet++)
            machine.Transmit(packet);
        machine.Port.Finish();
        machine.Driver.Stop();
        machine.Transmitted.Clear();

        Assert.Equal(Status.Ok, machine.Driver.Start());

        machine.Transmit(5);
        machine.FinishAll(); // the old frame too, which nobody waits for
        machine.Interrupt();
        Assert.Equal([(5, TransmitOutcome.Sent)], machine.Transmitted);
        Assert.Equal(1ul, machine.Counter(NicCounter.FramesSent));
    }

    [Fact]
    public void LinkChangesAreReportedAndTheMacFollows()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        Assert.Equal(0, machine.Interrupt());
        machine.Device.SetLink(false, 100, false);
        Assert.Equal(1, machine.Interrupt());
        machine.Device.SetLink(true, 100, true);
        Assert.Equal(1, machine.Interrupt());
        Assert.False(machine.Device.IsHalfDuplex);
        machine.Device.SetLink(true, 10, false);
        machine.Interrupt();
        Assert.True(machine.Device.IsHalfDuplex);
        machine.Driver.OnInterrupt();
        machine.Transmit(0); // The block still says "link" until the device writes it again.
        machine.FinishAll();
        machine.Interrupt();
        Assert.Equal([false, true, true], machine.LinkChanges);
    }

    [Fact]
    public void ALinkThatChangesWhileTheDriverStartsIsNotMissed()
    {
        using var machine = new Bcm5721Machine();
        machine.Device.SetLink(false, 100, false);
        var window = new LinkAtMdio(machine);
        var driver = machine.NewDriver(InterruptMode.Frame, window);
        Assert.Equal(Status.Ok, driver.Start());
        Assert.True(machine.Device.TakeInterrupt(out _, out _));
        driver.OnInterrupt();
        Assert.Equal([true], machine.LinkChanges);
        Assert.False(machine.Device.IsHalfDuplex);
    }

    private static ulong Sram(Bcm5721Machine machine, uint address)
    {
        machine.Write(0x7C, address);
        ulong high = machine.Read(0x84);
        machine.Write(0x7C, address + 4);
        return (high << 32) | machine.Read(0x84);
    }

    /// <summary>Measures how long the driver leaves the chip alone after it has reset it.</summary>
    private sealed class ResetWatch(Bcm5721Machine machine) : RingOS.Hardware.MmioRegion
    {
        private ulong? _resetAt;

        public ulong Pause { get; private set; }

        public override uint Read(uint offset)
        {
            Touch();
            return machine.Read(offset);
        }

        public override void Write(uint offset, uint value)
        {
            Touch();
            machine.Write(offset, value);
            if (offset == 0x6804 && (value & 1) != 0)
                _resetAt = machine.Clock.Now;
        }

        private void Touch()
        {
            if (_resetAt is ulong then && Pause == 0)
                Pause = machine.Clock.Now - then;
        }
    }

    /// <summary>The link comes up just after the driver has been told that it is down.</summary>
    private sealed class LinkAtMdio(Bcm5721Machine machine) : RingOS.Hardware.MmioRegion
    {
        private int _looks;

        public override uint Read(uint offset)
        {
            uint value = machine.Read(offset);
            if (offset == 0x44C && ++_looks == 2) // The first answer may be of long ago.
                machine.Device.SetLink(true, 100, true);
            return value;
        }

        public override void Write(uint offset, uint value) => machine.Write(offset, value);
    }
}
