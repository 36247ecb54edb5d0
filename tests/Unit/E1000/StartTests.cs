// Start, Stop, reset. Next: TransmitTests.cs
using System.Linq;
using RingOS.Abi;
using Xunit;
using static RingOS.Tests.Unit.E1000.FakeE1000;

namespace RingOS.Tests.Unit.E1000;

public abstract class StartTests(E1000Model model) : E1000Tests(model)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)] // Then every register held garbage before.
    public void StartProgramsWhatTheManualSays(bool ignoresReset)
    {
        using var machine = NewMachine();
        FakeE1000 device = machine.Device;
        device.IgnoresReset = ignoresReset;
        Assert.Equal(Status.Ok, machine.Driver.Start());

        Assert.Equal((1u << 6) | (1u << 5), device[Ctrl] & ((1u << 3) | (1u << 5) | (1u << 6) | (1u << 7) | (1u << 26) | (1u << 31)));
        Assert.Equal((1u << 1) | (1u << 15) | (1u << 26), device[Rctl]); // EN, BAM, SECRC, 2048-byte buffers
        Assert.Equal((1u << 1) | (1u << 3) | (0x0Fu << 4) | (0x40u << 12), device[Tctl]); // EN, PSP, CT, COLD
        Assert.Equal((Model == E1000Model.E1000 ? 10u : 8u) | (8u << 10) | (6u << 20), device[Tipg]); // 8254x: table 13-77
        Assert.Equal(MaskOfFrames, device[Ims]);
        Assert.Equal(0u, device[Itr]);
        Assert.Equal(0u, device[Rdtr]);
        for (uint index = 0; index < 128; index++)
            Assert.Equal(0u, device[Mta + 4 * index]);
    }

    [Fact]
    public void RingsLieInTheGrantedMemoryAndDoNotOverlap()
    {
        using var machine = Running();
        FakeE1000 device = machine.Device;

        ulong transmit = device[Tdbal] | ((ulong)device[Tdbah] << 32);
        ulong receive = device[Rdbal] | ((ulong)device[Rdbah] << 32);
        Assert.Equal(FakeBus.DmaAddress, transmit);
        Assert.Equal(transmit + device[Tdlen], receive);
        Assert.True(receive + device[Rdlen] <= FakeBus.DmaAddress + FakeBus.DmaLength);
        Assert.Equal(128u * 16, device[Rdlen]);
        Assert.Equal(0u, device[Tdlen] % 128);
    }

    [Fact]
    public void StationAddressHasItsFirstByteInTheLowBits()
    {
        using var machine = Running();

        Assert.Equal(StationAddress, machine.Driver.MacAddress);
        Assert.Equal(0x52, (byte)machine.Driver.MacAddress);
        Assert.Equal(NicCapabilities.UdpChecksum, machine.Driver.Capabilities);
    }

    [Fact]
    public void InterruptsAreMaskedFirstAndEnabledLast()
    {
        using var machine = Running();

        Assert.Equal(Imc, machine.Device.WrittenOffsets.First());
        Assert.Equal(Ims, machine.Device.WrittenOffsets.Last());
    }

    [Fact]
    public void ACauseFromBeforeTheStartIsNoNews()
    {
        using var machine = NewMachine();
        machine.Device.IgnoresReset = true;
        machine.Device.Raise(Txdw | Rxt0 | Lsc);

        Assert.Equal(Status.Ok, machine.Driver.Start());

        Assert.False(machine.Device.InterruptLine);
    }

    [Fact]
    public void NoRegisterIsTouchedInTheFirstMicrosecondOfAReset()
    {
        using var machine = NewMachine();
        machine.Clock.StepTicks = 10;
        machine.Device.ResetTicks = 5_000;

        Assert.Equal(Status.Ok, machine.Driver.Start());

        Assert.False(machine.Device.WasTouchedTooEarly);
    }

    [Fact]
    public void ADeviceThatNeverLeavesItsResetIsGivenUp()
    {
        using var machine = NewMachine();
        machine.Device.HangsInReset = true;
        ulong begun = machine.Clock.Now;

        Assert.Equal(Status.TimedOut, machine.Driver.Start());

        Assert.InRange(machine.Clock.Now - begun, 10_000_000ul, 50_000_000ul); // 10 to 50 ms
        Assert.Equal(Status.NetworkDown, machine.Transmit(1));
        Assert.Equal(Status.NetworkDown, machine.Lend(1));
        Assert.Equal(0u, machine.Device[Ims]);
    }

    [Fact]
    public void AfterATimeOutTheDriverCanBeStartedAgain()
    {
        using var machine = NewMachine();
        machine.Device.HangsInReset = true;
        Assert.Equal(Status.TimedOut, machine.Driver.Start());
        machine.Device.HangsInReset = false;

        Assert.Equal(Status.Ok, machine.Driver.Start());

        Assert.Equal(Status.Ok, machine.Transmit(1));
    }

    [Fact]
    public void ADeviceThatIgnoresResetsIsProgrammedAllTheSame()
    {
        using var machine = NewMachine();
        machine.Device.IgnoresReset = true; // Every register holds garbage, heads and tails too.

        Assert.Equal(Status.Ok, machine.Driver.Start());
        Assert.Equal(Status.Ok, machine.Lend(3));
        Assert.Equal(Status.Ok, machine.Transmit(4));

        Assert.Equal(1, machine.Device.Advance());
        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(64)));
        machine.Driver.OnInterrupt();
        Assert.Equal([4], machine.TransmittedPackets);
        Assert.Single(machine.Received);
    }

    [Fact]
    public void ASecondStartIsRefused()
    {
        using var machine = Running();

        Assert.Equal(Status.Busy, machine.Driver.Start());
    }

    [Fact]
    public void StopReturnsEveryPacketAsAborted()
    {
        using var machine = Running();
        for (int packet = 0; packet < 10; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet));
        for (int packet = 10; packet < 15; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));
        machine.Device.CompleteOne();
        machine.Driver.OnInterrupt();

        machine.Driver.Stop();

        Assert.Equal(Enumerable.Range(0, 15).Select(packet => (ushort)packet), machine.TransmittedPackets);
        Assert.All(machine.Transmitted.Skip(1), entry => Assert.Equal(TransmitOutcome.Aborted, entry.Outcome));
        Assert.Equal(9ul, machine.Counter(NicCounter.TransmitErrors));
        Assert.Equal(0u, machine.Device[Ims]);
        Assert.False(machine.Device.Deliver(E1000Machine.FrameToUs(64)));
    }

    [Fact]
    public void StopReturnsThePacketsEvenIfTheDeviceDoesNotAnswer()
    {
        using var machine = Running();
        machine.Transmit(7);
        machine.Device.HangsInReset = true;

        machine.Driver.Stop();

        Assert.Equal([7], machine.TransmittedPackets);
    }

    [Fact]
    public void AfterStopNothingIsAcceptedAndNothingReported()
    {
        using var machine = Running();
        machine.WhenTransmitted = packet => Assert.Equal(Status.NetworkDown, machine.Transmit(packet.Value));
        machine.Transmit(7);
        machine.Driver.Stop();

        Assert.Equal(Status.NetworkDown, machine.Transmit(1));
        Assert.Equal(Status.NetworkDown, machine.Lend(1));
        machine.Device.Raise(uint.MaxValue);
        machine.Driver.OnInterrupt();
        machine.Driver.Stop();

        Assert.Equal([7], machine.TransmittedPackets);
        Assert.Empty(machine.LinkChanges);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StopAndStartMakeAWorkingDriverAgain(bool ignoresReset)
    {
        using var machine = Running();
        for (int packet = 0; packet < 100; packet++)
            machine.Transmit(packet);
        machine.Device.IgnoresReset = ignoresReset;
        machine.Driver.Stop();
        machine.Transmitted.Clear();

        Assert.Equal(Status.Ok, machine.Driver.Start());

        Assert.Equal(Status.Ok, machine.Transmit(5, 60, TransmitOptions.CompleteUdpChecksum));
        Assert.Equal(1, machine.Device.Advance());
        machine.Driver.OnInterrupt();
        Assert.Equal([5], machine.TransmittedPackets);
        Assert.Equal(1ul, machine.Counter(NicCounter.FramesSent));
    }

    [Fact]
    public void LinkChangesAreReportedAsTheyAre()
    {
        using var machine = Running();

        machine.Device.SetLink(false);
        machine.Driver.OnInterrupt();
        machine.Device.SetLink(true);
        machine.Driver.OnInterrupt();
        machine.Driver.OnInterrupt();

        Assert.Equal([false, true], machine.LinkChanges);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DeviceCountersAddUpWhetherOrNotReadingClearsThem(bool readClears)
    {
        using var machine = NewMachine();
        machine.Device.ReadClearsStatistics = readClears;
        machine.Device.IgnoresReset = true; // The counters hold garbage when the driver starts.
        Assert.Equal(Status.Ok, machine.Driver.Start());
        Assert.Equal(0ul, machine.Counter(NicCounter.Collisions));

        machine.Device[Colc] += 5;
        Assert.Equal(5ul, machine.Counter(NicCounter.Collisions));
        Assert.Equal(5ul, machine.Counter(NicCounter.Collisions));
        machine.Device[Colc] += 7;
        machine.Device[Dc] += 2;
        machine.Device[Mpc] += 3;

        Assert.Equal(12ul, machine.Counter(NicCounter.Collisions));
        Assert.Equal(2ul, machine.Counter(NicCounter.Deferred));
        Assert.Equal(3ul, machine.Counter(NicCounter.ReceiveMissed));
        Assert.Equal(0ul, machine.Counter(NicCounter.Count));
        Assert.Equal(0ul, machine.Counter((NicCounter)(-1)));
    }
}
