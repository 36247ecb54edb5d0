// What only the 82574L has: extended descriptors, PCI Express, messages that are throttled. Back to: FakeE1000e.cs
using System.Linq;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;
using static RingOS.Tests.Unit.E1000.FakeE1000e;

namespace RingOS.Tests.Unit.E1000;

public sealed class E1000eTests() : E1000Tests(E1000Model.E1000e)
{
    private const int Frames = 100;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void StartProgramsWhatTheDatasheetSays(bool ignoresReset)
    {
        using E1000Machine machine = NewMachine();
        machine.Device.IgnoresReset = ignoresReset;
        Assert.Equal(Status.Ok, machine.Driver.Start());

        Assert.Equal(ExtendedDescriptors, machine.Device[Rfctl]);
        Assert.Equal((0u, 0u), (machine.Device[Rxcsum], machine.Device[Mrqc]));
        Assert.Equal((1u << 24) | (1u << 22), machine.Device[Txdctl]); // GRAN, and a bit that must be set
        Assert.NotEqual(0u, machine.Device[Gcr] & (1u << 22));
        Assert.NotEqual(0u, machine.Device[CtrlExt] & ClearTimers);
        Assert.Equal(0u, machine.Device[FakeE1000.Ctrl] & MasterDisable);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // as QEMU's model, whose shortest interval is 128 us
    public void EveryFrameInterrupts(bool throttlesAlways)
    {
        using E1000Machine machine = Running();
        FakeE1000e device = Throttled(machine, throttlesAlways);
        Assert.Equal(Frames, MessagesOf(Frames, machine, device));
        Assert.Equal(Frames, machine.Transmitted.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AModeratedDeviceInterruptsForManyFramesAtOnce(bool throttlesAlways)
    {
        using E1000Machine machine = Running(interrupts: InterruptMode.Moderated);
        FakeE1000e device = Throttled(machine, throttlesAlways);
        int before = device.Messages;
        Assert.InRange(MessagesOf(Frames, machine, device), 0, Frames / 2);
        device.LetTimePass(1_000_000); // the last interval ends
        Assert.NotEqual(before, device.Messages);
        machine.Driver.OnInterrupt();
        Assert.Equal(Frames, machine.Transmitted.Count);
    }

    [Fact]
    public void AFrameThatLeavesWhileTheDriverServesInterruptsAgain()
    {
        using E1000Machine machine = Running();
        FakeE1000e device = Throttled(machine, throttlesAlways: true);
        machine.WhenTransmitted = _ => device.Advance();
        machine.Transmit(1);
        Assert.True(device.CompleteOne());
        machine.Transmit(2);
        int before = device.Messages;
        machine.Driver.OnInterrupt();
        Assert.Equal(before + 1, device.Messages);
    }

    [Fact]
    public void ACauseItDoesNotKnowChangesNothing()
    {
        using E1000Machine machine = Running();
        machine.Transmit(1);
        machine.Lend(2);
        machine.Device.Raise(EveryCause & ~Wanted);
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Transmitted);
        Assert.Empty(machine.Received);
        Assert.Empty(machine.LinkChanges);
    }

    [Fact]
    public void NothingIsUnderWayOnTheBusWhenTheDeviceIsReset()
    {
        using E1000Machine machine = Running();
        machine.Driver.Stop();
        Assert.Equal(Status.Ok, machine.Driver.Start());
        Assert.False(((FakeE1000e)machine.Device).WasResetInATransaction);
    }

    [Fact]
    public void ABusThatNeverEndsIsResetAllTheSame()
    {
        using E1000Machine machine = Running();
        var device = (FakeE1000e)machine.Device;
        device.HangsOnTheBus = true;
        machine.Transmit(1);
        ulong begun = machine.Clock.Now;
        machine.Driver.Stop();
        Assert.True(device.WasResetInATransaction);
        Assert.InRange(machine.Clock.Now - begun, 1_000_000ul, 10_000_000ul); // 1 to 10 ms
        Assert.Equal([(1, TransmitOutcome.Aborted)], machine.Transmitted);
        Assert.Equal(Status.Ok, machine.Driver.Start());
    }

    [Fact]
    public void ABufferIsLentAnewAfterTheDeviceHasWrittenOverItsAddress()
    {
        using E1000Machine machine = Running();
        machine.Lend(5);
        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(60), errors: 1));
        machine.Driver.OnInterrupt(); // lends it again
        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(61)));
        machine.Driver.OnInterrupt();
        Assert.Equal([(5, 61)], machine.Received.Select(static entry => ((int)entry.Packet, entry.Frame.Length)));
    }

    private static FakeE1000e Throttled(E1000Machine machine, bool throttlesAlways)
    {
        var device = (FakeE1000e)machine.Device;
        device.ThrottlesAlways = throttlesAlways;
        device.Raise(FakeE1000.Lsc); // so that an interval runs
        machine.Driver.OnInterrupt();
        return device;
    }

    // Frames leave a microsecond apart; a message is served at once.
    private static int MessagesOf(int frames, E1000Machine machine, FakeE1000e device)
    {
        int before = device.Messages;
        for (int frame = 0; frame < frames; frame++)
        {
            int messages = device.Messages;
            Assert.Equal(Status.Ok, machine.Transmit(frame));
            device.Advance();
            device.LetTimePass(1_000);
            if (device.Messages != messages)
                machine.Driver.OnInterrupt();
        }
        return device.Messages - before;
    }
}
