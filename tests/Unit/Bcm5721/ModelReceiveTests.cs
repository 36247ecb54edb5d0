// The model's way in, register by register. Next: ModelInterruptTests.cs
using System.Linq;
using Xunit;
using static RingOS.Tests.Unit.Bcm5721.ModelMachine;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class ModelReceiveTests
{
    public static TheoryData<uint> Needed
        => [.. Blocks.Except([0x1000u, 0x1C00u, 0x0C00u, 0x1800u, 0x1400u, 0x45Cu]), 0x400u, 0x6800u];

    [Fact]
    public void AFrameFillsTheBufferAndItsDescriptorComesBack()
    {
        using ModelMachine machine = Running();
        machine.Lend(0, Buffers + 22);
        byte[] frame = Bcm5721Machine.FrameToUs(100);

        machine.Device.OnReceived(frame);

        Assert.Equal(frame, machine.Memory.FrameOf(new(0), 100));
        uint[] returned = machine.Returned(0);
        Assert.Equal((0u << 16) | 104, returned[2]); // the length counts the check sequence
        Assert.Equal((4u, 0u, 0xABCD_0000u), (returned[3], returned[5], returned[7]));
        Assert.Equal((1u, 1u, 1u), (machine.ReturnProducer, machine.Tag, machine.Status));
        Assert.True(machine.Device.InterruptPending);
        Assert.Equal((104u, 1u), (machine[0x880], machine[0x88C]));
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public void NothingComesInWhileABlockIsOff(uint block)
    {
        using ModelMachine machine = Running();
        machine.Lend(0, Buffers);
        machine[block] = 0;
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal((0, 0), (machine.Memory.Reads, machine.Memory.Writes));
    }

    [Fact]
    public void OnlyTheStationAndBroadcastsUnlessPromiscuous()
    {
        using ModelMachine machine = Running();
        for (uint index = 0; index < 8; index++)
            machine.Lend(index, Buffers + index * 2048);
        byte[] foreign = [2, 0, 0, 0, 0, 9, .. new byte[54]];
        byte[] multicast = [1, 0, 0x5E, 0, 0, 1, .. new byte[54]];
        machine.Device.OnReceived(foreign);
        machine.Device.OnReceived(multicast);
        Assert.Equal(0u, machine.ReturnProducer);
        machine.Device.OnReceived([.. Enumerable.Repeat((byte)0xFF, 6), .. new byte[54]]);
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal(2u, machine.ReturnProducer);
        machine[0x468] = 0x102;
        machine.Device.OnReceived(foreign);
        Assert.Equal(3u, machine.ReturnProducer);
        Assert.Equal(1u, machine[0x894]);
    }

    [Fact]
    public void WithoutABufferAFrameIsDiscardedAndCounted()
    {
        using ModelMachine machine = Running();
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal((1u, 1u, 0u), (machine[0x224C], machine[0x2250], machine[0x2254]));
        Assert.Equal((0u, 0u, 0u), (machine[0x224C], machine[0x2250], machine.Tag));
    }

    [Fact]
    public void AFullReturnRingDiscardsUntilItIsRead()
    {
        using ModelMachine machine = Running();
        machine.SetControlBlock(0x200, ReturnRing, 32 << 16);
        for (uint index = 0; index < 40; index++)
            machine.Lend(index, Buffers);
        for (int frame = 0; frame < 40; frame++)
            machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal(31u, machine.ReturnProducer);
        Assert.Equal((9u, 0u), (machine[0x2250], machine[0x224C]));
        machine[ReturnConsumer] = 31;
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal(0u, machine.ReturnProducer); // around
    }

    [Theory]
    [InlineData(0ul, 1518, 1u << 23)]
    [InlineData(ulong.MaxValue, 1518, 1u << 23)]
    [InlineData(Buffers + 64 * 2048 - 10, 1518, 1u << 23)]
    [InlineData(Buffers, 59, 1u << 24)]
    [InlineData(Buffers, 0, 1u << 24)]
    public void ABufferThatCannotBeUsedComesBackWithAnError(ulong address, int length, uint error)
    {
        using ModelMachine machine = Running();
        machine.Lend(0, address, length);
        machine.Lend(1, Buffers);
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        uint[] returned = machine.Returned(0);
        Assert.Equal((0u, 0x404u, error, 0xABCD_0000u), (returned[2], returned[3], returned[5], returned[7]));
        Assert.Equal((5u, 1u), (machine.Status, machine[0x2254]));
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal(2u, machine.ReturnProducer);
        Assert.Equal((1u << 16) | 64, machine.Returned(1)[2]);
    }

    [Theory]
    [InlineData(13, 0x8B8)]
    [InlineData(0, 0x8B8)]
    [InlineData(1515, 0x8B0)]
    [InlineData(100_000, 0x8B0)]
    public void FramesOfWrongLengthAreCounted(int length, uint counter)
    {
        using ModelMachine machine = Running();
        machine.Lend(0, Buffers);
        machine.Device.OnReceived(new byte[length]);
        Assert.Equal((1u, 0u), (machine[counter], machine.ReturnProducer));
    }

    [Fact]
    public void TheDriversLimitCountsTheCheckSequence()
    {
        using ModelMachine machine = Running();
        machine.Lend(0, Buffers);
        machine[0x43C] = 1000;
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(997));
        Assert.Equal(0u, machine.ReturnProducer);
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(996));
        Assert.Equal(1u, machine.ReturnProducer);
    }

    [Theory]
    [InlineData(StandardProducer)]
    [InlineData(ReturnConsumer)]
    public void AnIndexBeyondTheRingIsRefused(uint mailbox)
    {
        using ModelMachine machine = Running();
        machine[mailbox] = 64;
        Assert.Equal(5u, machine.Status);
        machine.Lend(0, Buffers);
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal(1u, machine.ReturnProducer);
    }

    [Fact]
    public void ARingOutsideMemoryIsAnErrorPerFrame()
    {
        using ModelMachine machine = Running();
        for (uint index = 0; index < 3; index++)
            machine.Lend(index, Buffers);
        machine[0x2450] = 0xFFFF_FFFF;
        machine.SetControlBlock(0x200, ulong.MaxValue - 100, 64 << 16);
        for (int frame = 0; frame < 5; frame++)
            machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        Assert.Equal((3u, 2u), (machine[0x2254], machine[0x2250]));
        Assert.Equal(5u, machine.Status);
    }
}
