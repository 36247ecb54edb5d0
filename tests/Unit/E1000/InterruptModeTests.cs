// How the device is told to speak up, and batches of frames: manual 13.4.18 (ITR), 13.4.20 (IMS), 3.4. Next: InterleavingTests.cs
using System.Linq;
using RingOS.Abi;
using Xunit;

namespace RingOS.Tests.Unit.E1000;

public abstract class InterruptModeTests(E1000Model model) : E1000Tests(model)
{
    private const int Capacity = 126;
    private const uint Nanoseconds = 256; // unit of ITR

    [Fact]
    public void AnInterruptAFrameIsNotThrottled()
    {
        using var machine = Running(interrupts: InterruptMode.Frame);
        Assert.Equal(0u, machine.Device[FakeE1000.Itr]);
        Assert.Equal(MaskOfFrames, machine.Device[FakeE1000.Ims]);
    }

    [Fact]
    public void AModeratedDeviceIsThrottledAndStillInterrupts()
    {
        using var machine = Running(interrupts: InterruptMode.Moderated);
        Assert.InRange(machine.Device[FakeE1000.Itr] * Nanoseconds, 40_000u, 60_000u);
        Assert.Equal(Wanted, machine.Device[FakeE1000.Ims]);
        machine.Transmit(1);
        machine.Device.Advance();
        Assert.True(machine.Device.InterruptLine);
    }

    [Fact]
    public void APolledDeviceNeverInterruptsAndIsAskedAllTheSame()
    {
        using var machine = Running(interrupts: InterruptMode.Poll);
        machine.Transmit(1);
        machine.Lend(2);
        machine.Device.Advance();
        machine.Device.Deliver(E1000Machine.FrameToUs(100));
        machine.Device.SetLink(isUp: false);
        Assert.Equal(0u, machine.Device[FakeE1000.Ims]);
        Assert.False(machine.Device.InterruptLine);
        machine.Driver.OnInterrupt();
        Assert.Equal([1], machine.TransmittedPackets);
        Assert.Equal([2], machine.Received.Select(received => received.Packet));
        Assert.Equal([false], machine.LinkChanges);
        machine.Driver.OnInterrupt(); // nothing new
        Assert.Single(machine.Transmitted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheNextDriverDoesNotInheritHowTheLastOneWanted(bool ignoresReset)
    {
        using var machine = Running(interrupts: InterruptMode.Moderated);
        machine.Device.IgnoresReset = ignoresReset;
        Assert.Equal(Status.Ok, machine.NewDriver(InterruptMode.Poll).Start());
        Assert.Equal((0u, 0u), (machine.Device[FakeE1000.Itr], machine.Device[FakeE1000.Ims]));
        Assert.Equal(Status.Ok, machine.NewDriver(InterruptMode.Moderated).Start());
        Assert.NotEqual(0u, machine.Device[FakeE1000.Itr]);
        Assert.Equal(Status.Ok, machine.NewDriver(InterruptMode.Frame).Start());
        Assert.Equal((0u, MaskOfFrames), (machine.Device[FakeE1000.Itr], machine.Device[FakeE1000.Ims]));
    }

    [Fact]
    public void ABatchIsOneDoorbell()
    {
        using var machine = Running();
        int writes = machine.Device.Writes;
        for (int packet = 0; packet < 31; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet, options: TransmitOptions.MoreFollows));
        Assert.Equal(writes, machine.Device.Writes);
        Assert.Equal(0, machine.Device.Advance());
        Assert.Equal(Status.Ok, machine.Transmit(31));
        Assert.Equal(writes + 1, machine.Device.Writes);
        Assert.Equal(32, machine.Device.Advance());
        machine.Driver.OnInterrupt();
        Assert.Equal(Enumerable.Range(0, 32).Select(packet => (ushort)packet), machine.TransmittedPackets);
    }

    [Fact]
    public void AFlushRingsForWhatHasNotBeenTold()
    {
        using var machine = Running();
        for (int packet = 0; packet < 5; packet++)
            machine.Transmit(packet, options: TransmitOptions.MoreFollows);
        machine.Driver.FlushTransmit();
        Assert.Equal(5, machine.Device.Advance());
        machine.Driver.FlushTransmit();
        machine.Driver.FlushTransmit(); // harmless
        Assert.Equal(0, machine.Device.Advance());
        machine.Driver.OnInterrupt();
        Assert.Equal(5, machine.Transmitted.Count);
    }

    [Fact]
    public void AFlushTouchesNoDeviceThatDoesNotRun()
    {
        using var machine = NewMachine();
        machine.Driver.FlushTransmit();
        Assert.Equal(0, machine.Device.Writes);
        Assert.Equal(Status.Ok, machine.Driver.Start());
        machine.Driver.Stop();
        int writes = machine.Device.Writes;
        machine.Driver.FlushTransmit();
        Assert.Equal(writes, machine.Device.Writes);
    }

    [Fact]
    public void ARingFullOfUntoldFramesIsEmptiedByAFlush()
    {
        using var machine = Running();
        for (int packet = 0; packet < Capacity; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet, options: TransmitOptions.MoreFollows));
        Assert.Equal(Status.NoBufferSpace, machine.Transmit(200, options: TransmitOptions.MoreFollows));
        Assert.Equal(Status.NoBufferSpace, machine.Transmit(200)); // no doorbell either: nothing was queued
        Assert.Equal(0, machine.Device.Advance());
        machine.Driver.FlushTransmit();
        Assert.Equal(Capacity, machine.Device.Advance());
        machine.Driver.OnInterrupt();
        Assert.Equal(Status.Ok, machine.Transmit(200));
    }

    [Fact]
    public void ToTheDeviceAFrameOfABatchIsLikeAnyOther()
    {
        using var machine = Running();
        machine.Transmit(1, length: 99);
        ulong alone = machine.Bus.Read64(FakeBus.DmaAddress + TransmitDescriptorSize + 8);
        machine.Transmit(2, length: 99, options: TransmitOptions.MoreFollows);
        Assert.Equal(alone, machine.Bus.Read64(FakeBus.DmaAddress + (2 * TransmitDescriptorSize) + 8));
    }

    [Fact]
    public void UntoldFramesComeBackWhenTheDriverStops()
    {
        using var machine = Running();
        machine.Transmit(1);
        machine.Transmit(2, options: TransmitOptions.MoreFollows);
        machine.Driver.Stop();
        Assert.Equal([(1, TransmitOutcome.Aborted), (2, TransmitOutcome.Aborted)], machine.Transmitted);
    }

    [Theory]
    [InlineData(1u << 2)]
    [InlineData(1u << 31)]
    [InlineData(3u | (1u << 7))]
    public void UnknownOptionsAreRefused(uint options)
    {
        using var machine = Running();
        Assert.Equal(Status.InvalidArgument, machine.Transmit(1, options: (TransmitOptions)options));
        machine.Driver.FlushTransmit();
        Assert.Equal(0, machine.Device.Advance());
    }

    private const ulong TransmitDescriptorSize = 16;
}
