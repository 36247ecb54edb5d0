// The way in: order, bad frames, lost frames, lending while being told. Next: InterleavingTests.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.E1000;

public abstract class ReceiveTests(E1000Model model) : E1000Tests(model)
{
    [Fact]
    public void FramesComeInOrderWithTheirBytes()
    {
        using var machine = Running();
        for (int packet = 0; packet < 10; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));

        for (int number = 0; number < 10; number++)
            Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(60 + number * 150, number)));
        Assert.Empty(machine.Received);
        machine.Driver.OnInterrupt();

        for (int number = 0; number < 10; number++)
        {
            Assert.Equal(number, machine.Received[number].Packet);
            Assert.Equal(E1000Machine.FrameToUs(60 + number * 150, number), machine.Received[number].Frame);
        }

        Assert.Equal(10ul, machine.Counter(NicCounter.FramesReceived));
        Assert.Equal((ulong)machine.Received.Sum(entry => entry.Frame.Length), machine.Counter(NicCounter.BytesReceived));
    }

    [Fact]
    public void OnlyOurFramesAndBroadcastsComeIn()
    {
        using var machine = Running();
        for (int packet = 0; packet < 4; packet++)
            machine.Lend(packet);
        byte[] broadcast = [.. Enumerable.Repeat((byte)0xFF, 6), .. new byte[54]];
        byte[] foreign = [2, 0, 0, 0, 0, 9, .. new byte[54]];

        Assert.True(machine.Device.Deliver(broadcast));
        Assert.False(machine.Device.Deliver(foreign));
        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(60)));
        machine.Driver.OnInterrupt();

        Assert.Equal(2, machine.Received.Count);
    }

    [Fact]
    public void WithoutALentBufferAFrameIsMissedAndCounted()
    {
        using var machine = Running();

        Assert.False(machine.Device.Deliver(E1000Machine.FrameToUs(60)));
        machine.Driver.OnInterrupt();

        Assert.Empty(machine.Received);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveMissed));
    }

    [Fact]
    public void TheRingLendsAllItsSlotsButOne()
    {
        using var machine = Running();
        for (int packet = 0; packet < 127; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));

        Assert.Equal(Status.NoBufferSpace, machine.Lend(127));
        Assert.Equal(Status.InvalidArgument, machine.Lend(256));

        for (int number = 0; number < 127; number++)
            Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(60, number)));
        Assert.False(machine.Device.Deliver(E1000Machine.FrameToUs(60)));
        machine.Driver.OnInterrupt();
        Assert.Equal(Enumerable.Range(0, 127).Select(packet => (ushort)packet), machine.Received.Select(entry => entry.Packet));
        Assert.Equal(Status.Ok, machine.Lend(127));
    }

    [Theory]
    [InlineData(0x01, true)] // CE
    [InlineData(0x02, true)] // SE
    [InlineData(0x04, true)] // SEQ
    [InlineData(0x10, true)] // CXE
    [InlineData(0x80, true)] // RXE
    [InlineData(0xFF, true)]
    [InlineData(0x00, false)] // EOP clear
    public void ABadFrameIsCountedAndItsBufferLentAgain(byte errors, bool isLast)
    {
        using var machine = Running();
        machine.Lend(5);
        machine.Lend(6);

        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(60), errors, isLast));
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Received);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveErrors));

        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(61)));
        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(62)));
        Assert.False(machine.Device.Deliver(E1000Machine.FrameToUs(63)));
        machine.Driver.OnInterrupt();
        Assert.Equal([(6, 61), (5, 62)], machine.Received.Select(entry => ((int)entry.Packet, entry.Frame.Length)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1519)]
    [InlineData(1522)]
    [InlineData(2048)]
    [InlineData(65535)]
    public void AnAbsurdLengthIsAnError(int length)
    {
        using var machine = Running();
        machine.Lend(5);

        machine.Device.WriteBackReceive(machine.Device.Report((ushort)length));
        machine.Driver.OnInterrupt();

        Assert.Empty(machine.Received);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveErrors));
        Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(1514)));
        machine.Driver.OnInterrupt();
        Assert.Equal(1514, machine.Received[0].Frame.Length);
    }

    [Fact]
    public void ABufferMayBeLentAgainFromInsideTheEvent()
    {
        using var machine = Running();
        machine.WhenReceived = packet => Assert.Equal(Status.Ok, machine.Lend(packet.Value));
        for (int packet = 0; packet < 4; packet++)
            machine.Lend(packet);

        for (int number = 0; number < 3000; number++)
        {
            Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(60, number)));
            if (number % 3 == 0)
                machine.Driver.OnInterrupt();
        }

        machine.Driver.OnInterrupt();
        Assert.Equal(Enumerable.Range(0, 3000).Select(number => (ushort)(number % 4)), machine.Received.Select(entry => entry.Packet));
    }

    [Fact]
    public void AnAnswerMayBeSentFromInsideTheEvent()
    {
        using var machine = Running();
        machine.WhenReceived = packet => Assert.Equal(Status.Ok, machine.Transmit(packet.Value));
        machine.WhenTransmitted = packet => Assert.Equal(Status.Ok, machine.Lend(packet.Value));
        machine.Lend(0);

        for (int number = 0; number < 500; number++)
        {
            Assert.True(machine.Device.Deliver(E1000Machine.FrameToUs(60, number)));
            machine.Driver.OnInterrupt();
            Assert.Equal(1, machine.Device.Advance());
            machine.Driver.OnInterrupt();
        }

        Assert.Equal(500, machine.Device.Wire.Count);
    }
}
