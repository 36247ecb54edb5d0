// When the model writes its status block and asks for an interrupt: coalescing, mailbox, tags, link. Next: StartTests.cs
using Xunit;
using static RingOS.Tests.Unit.Bcm5721.ModelMachine;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class ModelInterruptTests
{
    [Fact]
    public void FramesAreCollectedUpToTheMaximum()
    {
        using ModelMachine machine = Running(maximumFrames: 4);
        for (uint index = 0; index < 7; index++)
        {
            machine.Send(index);
            machine.Finish();
            Assert.Equal(index < 3 ? 0u : 4u, machine.SendConsumer);
        }
        Assert.Equal(1u, machine.Tag);
        Assert.False(machine.Device.TryGetDeadline(out _));
    }

    [Fact]
    public void TicksAreMicrosecondsFromTheFirstFrame()
    {
        using ModelMachine machine = Running(maximumFrames: 10, ticks: 50);
        machine.Device.AdvanceTo(1_000);
        machine.Send(0);
        machine.Finish();
        machine.Device.AdvanceTo(20_000);
        machine.Send(1);
        machine.Finish();
        Assert.True(machine.Device.TryGetDeadline(out ulong due));
        Assert.Equal(51_000ul, due);
        machine.Device.AdvanceTo(50_999);
        Assert.Equal((0u, 0u), (machine.Tag, machine.SendConsumer));
        machine.Device.AdvanceTo(51_000);
        Assert.Equal((1u, 2u), (machine.Tag, machine.SendConsumer));
        Assert.True(machine.Device.InterruptPending);
        Assert.False(machine.Device.TryGetDeadline(out _));
    }

    [Fact]
    public void SentAndReceivedFramesHaveMaximaOfTheirOwnAndShareAnUpdate()
    {
        using ModelMachine machine = Running(maximumFrames: 3);
        machine[0x3C10] = 2;
        machine.Lend(0, Buffers);
        machine.Lend(1, Buffers);
        machine.Send(0);
        machine.Finish();
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal(0u, machine.Tag);
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal((1u, 1u, 2u), (machine.Tag, machine.SendConsumer, machine.ReturnProducer));
        machine.Send(1);
        machine.Finish();
        Assert.Equal(1u, machine.Tag); // counted anew
    }

    [Fact]
    public void ADeadlineThatCannotBeKeptIsForgotten()
    {
        using ModelMachine machine = Running(maximumFrames: 0, ticks: 50);
        machine.Send(0);
        machine.Finish();
        machine[0x3C00] = 0;
        machine.Device.AdvanceTo(1_000_000);
        Assert.False(machine.Device.TryGetDeadline(out _));
        Assert.Equal(0u, machine.Tag);
        machine[0x3C00] = 2 | 8; // now
        Assert.Equal((1u, 1u, 2u), (machine.Tag, machine.SendConsumer, machine[0x3C00]));
    }

    [Fact]
    public void TheMailboxMasksAndAsksAgainForWhatWasMissed()
    {
        using ModelMachine machine = Running();
        machine[0x68] = 0x80; // status is not tagged
        machine[InterruptMailbox] = 1;
        machine[InterruptMailbox] = 0;
        Assert.False(machine.Device.InterruptPending);
        machine[InterruptMailbox] = 1;
        machine.Send(0);
        machine.Finish();
        Assert.Equal(1u, machine.SendConsumer); // the block is written all the same
        Assert.False(machine.Device.InterruptPending);
        machine[InterruptMailbox] = 0;
        Assert.True(machine.Device.TakeInterrupt(out _, out _));
        machine[InterruptMailbox] = 1;
        machine[InterruptMailbox] = 0;
        Assert.False(machine.Device.InterruptPending);
    }

    [Fact]
    public void MaskingTakesBackARequest()
    {
        using ModelMachine machine = Running();
        machine.Send(0);
        machine.Finish();
        machine[InterruptMailbox] = 1;
        Assert.False(machine.Device.InterruptPending);
    }

    [Fact]
    public void ATagThatIsNotTheLastAsksAgain()
    {
        using ModelMachine machine = Running();
        machine.Send(0);
        machine.Finish();
        machine.Device.TakeInterrupt(out _, out _);
        machine.Send(1);
        machine.Finish();
        Assert.Equal(2u, machine.Tag);
        machine.Device.TakeInterrupt(out _, out _);
        machine[InterruptMailbox] = 1u << 24;
        Assert.True(machine.Device.InterruptPending);
        machine[InterruptMailbox] = 2u << 24;
        Assert.False(machine.Device.InterruptPending);
    }

    [Fact]
    public void TheTagHasEightBits()
    {
        using ModelMachine machine = Running();
        for (uint update = 1; update <= 600; update++)
        {
            machine[0x3C00] = 2 | 8;
            Assert.Equal(update & 0xFF, machine.Tag);
        }
    }

    [Fact]
    public void AStatusBlockOutsideMemoryIsNotedAndNothingElse()
    {
        using ModelMachine machine = Running();
        (machine[0x3C38], machine[0x3C3C]) = (uint.MaxValue, uint.MaxValue);
        machine.Send(0);
        machine.Finish();
        Assert.Equal(8u, machine[0x4C04]);
        Assert.Equal(0, machine.Memory.Writes);
    }

    [Fact]
    public void ALinkChangeIsToldUntilItIsCleared()
    {
        using ModelMachine machine = Running();
        machine[0x404] = 1 << 12;
        machine.Device.SetLink(false, 100, false);
        Assert.Equal((3u, 1u << 12), (machine.Status, machine[0x404]));
        Assert.True(machine.Device.InterruptPending);
        machine.Device.SetLink(false, 100, false); // no change
        Assert.Equal(1u, machine.Tag);
        machine[0x3C00] = 2 | 8;
        Assert.Equal(3u, machine.Status);
        machine[0x404] = 1 << 12;
        machine[0x3C00] = 2 | 8;
        Assert.Equal((1u, 0u), (machine.Status, machine[0x404]));
    }

    [Theory]
    [InlineData(0x408, 0)] // the event is not enabled
    [InlineData(0x6800, 0x0003_0034)] // nor are MAC events
    [InlineData(0x3C00, 0)]
    public void ALinkChangeNobodyAskedForIsNotTold(uint offset, uint value)
    {
        using ModelMachine machine = Running();
        machine[0x404] = 1 << 12;
        machine[offset] = value;
        machine.Device.SetLink(false, 100, false);
        Assert.Equal(0u, machine.Tag);
        Assert.Equal(1u << 12, machine[0x404]);
    }

    [Fact]
    public void WithoutTheMessageBlockTheStatusIsWrittenAndNothingAsked()
    {
        using ModelMachine machine = Running();
        machine[0x6000] = 0;
        machine.Send(0);
        machine.Finish();
        Assert.Equal(1u, machine.SendConsumer);
        Assert.False(machine.Device.InterruptPending);
    }
}
