// The driver's way in, against the model. Next: HostileDeviceTests.cs
using System.Linq;
using RingOS.Abi;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class ReceiveTests
{
    [Fact]
    public void FramesComeInOrderWithTheirBytes()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 10; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));
        for (int number = 0; number < 10; number++)
            machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60 + number * 150, number));
        Assert.Empty(machine.Received);
        Assert.Equal(1, machine.Interrupt());

        for (int number = 0; number < 10; number++)
        {
            Assert.Equal(number, machine.Received[number].Packet);
            Assert.Equal(Bcm5721Machine.FrameToUs(60 + number * 150, number), machine.Received[number].Frame);
        }
        Assert.Equal(10ul, machine.Counter(NicCounter.FramesReceived));
        Assert.Equal((ulong)machine.Received.Sum(entry => entry.Frame.Length), machine.Counter(NicCounter.BytesReceived));
        Assert.Equal(0, machine.Memory.Refused);
    }

    [Fact]
    public void TheLongestFrameFits()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Lend(0);
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(1514));
        machine.Interrupt();
        Assert.Equal(Bcm5721Machine.FrameToUs(1514), machine.Received.Single().Frame);
    }

    [Fact]
    public void WithoutALentBufferAFrameIsMissedAndCounted()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        machine.Interrupt();
        Assert.Empty(machine.Received);
        Assert.Equal((2ul, 2ul), (machine.Counter(NicCounter.ReceiveMissed), machine.Counter(NicCounter.ReceiveMissed)));
    }

    [Fact]
    public void TheRingLendsAllItsSlotsButOne()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 127; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));
        Assert.Equal(Status.NoBufferSpace, machine.Lend(127));
        Assert.Equal(Status.InvalidArgument, machine.Lend(256));
        for (int number = 0; number < 128; number++)
            machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60, number));
        machine.Interrupt();
        Assert.Equal(Enumerable.Range(0, 127).Select(packet => (ushort)packet), machine.Received.Select(entry => entry.Packet));
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveMissed));
        Assert.Equal(Status.Ok, machine.Lend(127));
    }

    [Theory]
    [InlineData(InterruptMode.Frame)]
    [InlineData(InterruptMode.Poll)]
    public void ABufferMayBeLentAgainFromInsideTheEvent(InterruptMode mode)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running(mode);
        machine.WhenReceived = packet => Assert.Equal(Status.Ok, machine.Lend(packet.Value));
        for (int packet = 0; packet < 4; packet++)
            machine.Lend(packet);
        for (int number = 0; number < 3000; number++)
        {
            machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60, number));
            if (number % 3 == 0)
                machine.Driver.OnInterrupt();
        }
        machine.Driver.OnInterrupt();
        Assert.Equal(Enumerable.Range(0, 3000).Select(number => (ushort)(number % 4)), machine.Received.Select(entry => entry.Packet));
        Assert.Equal(0ul, machine.Counter(NicCounter.ReceiveMissed));
    }

    [Fact]
    public void AnAnswerMayBeSentFromInsideTheEvent()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.WhenReceived = packet => Assert.Equal(Status.Ok, machine.Transmit(packet.Value));
        machine.WhenTransmitted = packet => Assert.Equal(Status.Ok, machine.Lend(packet.Value));
        machine.Lend(0);
        for (int number = 0; number < 500; number++)
        {
            machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60, number));
            machine.Interrupt();
            Assert.Equal(1, machine.FinishAll());
            machine.Interrupt();
        }
        Assert.Equal(500, machine.Port.Wire.Count);
    }

    [Fact]
    public void ABadReturnIsCountedAndItsBufferLentAgain()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Lend(5);
        machine.Lend(6);
        ulong standard = GuestMemory.DmaAddress + 128 * 16;
        machine.Memory.Write32(standard + 8, 10); // The device finds too small a buffer, and says so.
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        machine.Interrupt();
        Assert.Empty(machine.Received);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveErrors));
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(61));
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(62));
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(63));
        machine.Interrupt();
        Assert.Equal([(6, 61), (5, 62)], machine.Received.Select(entry => ((int)entry.Packet, entry.Frame.Length)));
    }
}
