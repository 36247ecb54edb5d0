// The way in: the ring of bytes, its end, its overflow, and a device that lies. Next: StartTests.cs
using System;
using System.Linq;
using RingOS.Abi;
using Xunit;

namespace RingOS.Tests.Unit.Rtl8139;

public sealed class ReceiveTests
{
    // 500 frames of changing length go around the buffer many times, over every kind of end.
    [Fact]
    public void FramesArriveInOrderAroundTheBuffersEnd()
    {
        using var machine = Rtl8139Machine.Running();
        machine.WhenReceived = packet => machine.Lend(packet.Value);
        for (int packet = 0; packet < 8; packet++)
            machine.Lend(packet);
        for (int i = 0; i < 500; i++)
        {
            int length = 60 + (i * 397 % 1455);
            Assert.True(machine.Device.Deliver(Rtl8139Machine.Frame(length, i)));
            machine.Driver.OnInterrupt();
            Assert.Equal(Rtl8139Machine.Frame(length, i), machine.Received[^1].Frame);
        }
        Assert.Equal(500, machine.Received.Count);
        Assert.Equal(500ul, machine.Counter(NicCounter.FramesReceived));
        Assert.Equal(0ul, machine.Counter(NicCounter.ReceiveErrors));
    }

    [Fact]
    public void OneInterruptTakesAllThatIsThere()
    {
        using var machine = Rtl8139Machine.Running();
        for (int packet = 0; packet < 100; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));
        for (int i = 0; i < 100; i++)
            Assert.True(machine.Device.Deliver(Rtl8139Machine.Frame(60, i)));
        machine.Driver.OnInterrupt();
        Assert.Equal(Enumerable.Range(0, 100), machine.Received.Select(static entry => (int)entry.Packet));
        Assert.False(machine.Device.InterruptLine);
    }

    [Fact]
    public void WithoutALentPacketAFrameIsMissedAndTheNextOneIsNot()
    {
        using var machine = Rtl8139Machine.Running();
        machine.Device.Deliver(Rtl8139Machine.Frame(60, 1));
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Received);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveMissed));

        machine.Lend(5);
        machine.Device.Deliver(Rtl8139Machine.Frame(61, 2));
        machine.Driver.OnInterrupt();
        Assert.Equal(Rtl8139Machine.Frame(61, 2), machine.Received.Single().Frame);
    }

    [Fact]
    public void AfterAnOverflowReceptionGoesOn()
    {
        using var machine = Rtl8139Machine.Running();
        for (int packet = 0; packet < 20; packet++)
            machine.Lend(packet);
        int stored = 0;
        while (machine.Device.Deliver(Rtl8139Machine.Frame(1500, stored)))
            stored++;
        machine.Driver.OnInterrupt();
        Assert.Equal(stored, machine.Received.Count);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveMissed));
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveMissed)); // asking does not count again

        Assert.True(machine.Device.Deliver(Rtl8139Machine.Frame(700, 77)));
        machine.Driver.OnInterrupt();
        Assert.Equal(Rtl8139Machine.Frame(700, 77), machine.Received[^1].Frame);
    }

    [Fact]
    public void NoMoreIsLentThanThereIsRoomFor()
    {
        using var machine = Rtl8139Machine.Running();
        for (int packet = 0; packet < 128; packet++)
            Assert.Equal(Status.Ok, machine.Lend(packet));
        Assert.Equal(Status.NoBufferSpace, machine.Lend(128));
        Assert.Equal(Status.InvalidArgument, machine.Lend(256));
    }

    // Whatever a header says, nothing outside the buffer is read, nothing is reported, and reception goes on afterwards.
    [Theory]
    [InlineData(0x0000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0xFFF0_0001u)] // a frame that is not finished, in some revisions
    [InlineData(0x0003_0001u)] // shorter than its check sequence
    [InlineData(0x0011_0001u)] // shorter than its own header
    [InlineData(0x05F3_0001u)] // one byte too long, with a tag
    [InlineData(0x0100_0000u)] // not good
    [InlineData(0x0100_0003u)] // good and bad at once
    public void AHeaderThatCannotBeRestartsTheReceiver(uint header)
    {
        using var machine = Rtl8139Machine.Running();
        machine.Lend(1);
        machine.Device.Store(header, new byte[100]);
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Received);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveErrors));

        Assert.True(machine.Device.Deliver(Rtl8139Machine.Frame(1514, 3)));
        machine.Driver.OnInterrupt();
        Assert.Equal(Rtl8139Machine.Frame(1514, 3), machine.Received.Single().Frame);
    }

    // Every place in the ring, every length up to what QEMU's network carries: what waits to be sent keeps its bytes, and so does the driver.
    [Theory]
    [InlineData(1519)]
    [InlineData(1700)]
    [InlineData(4096)]
    [InlineData(8192)]
    [InlineData(65_535)]
    [InlineData(69_632)]
    public void ALongFrameTouchesNothingButTheRing(int length)
    {
        using var machine = Rtl8139Machine.Running();
        machine.WhenReceived = packet => machine.Lend(packet.Value);
        for (int packet = 10; packet < 18; packet++)
            machine.Lend(packet);
        for (int filler = 0; filler < 8192 / 68; filler++)
        {
            for (int packet = 0; packet < 4; packet++)
                Assert.Equal(Status.Ok, machine.Transmit(packet, 1514));
            for (int before = 0; before < filler; before++)
                machine.Device.Deliver(Rtl8139Machine.Frame(60, before));
            machine.Driver.OnInterrupt();
            machine.Device.Deliver(Rtl8139Machine.Frame(length, 99));
            machine.Driver.OnInterrupt();
            machine.Device.CompleteAll();
            machine.Driver.OnInterrupt();
            for (int packet = 0; packet < 4; packet++)
                Assert.Equal(Rtl8139Machine.Frame(1514, packet), machine.Device.Wire[packet]);
            machine.Device.Wire.Clear();
        }
        Assert.True(machine.Device.Deliver(Rtl8139Machine.Frame(1514, 3)));
        machine.Driver.OnInterrupt();
        Assert.Equal(Rtl8139Machine.Frame(1514, 3), machine.Received[^1].Frame);
    }

    // With a priority tag a frame is 4 bytes longer.
    [Fact]
    public void TheLongestTaggedFrameComesIn()
    {
        using var machine = Rtl8139Machine.Running();
        machine.Lend(1);
        machine.Device.Deliver(Rtl8139Machine.Frame(1518, 3));
        machine.Driver.OnInterrupt();
        Assert.Equal(1518, machine.Received.Single().Frame.Length);
    }

    [Fact]
    public void AnyHeadersAtAllEndInNothingWorse()
    {
        using var machine = Rtl8139Machine.Running();
        Random random = new(7);
        machine.WhenReceived = packet => machine.Lend(packet.Value);
        for (int packet = 0; packet < 16; packet++)
            machine.Lend(packet);
        for (int i = 0; i < 5_000; i++)
        {
            machine.Device.Store((uint)random.NextInt64(uint.MaxValue) | 1, new byte[random.Next(1515)]);
            machine.Driver.OnInterrupt();
        }
        Assert.All(machine.Received, static entry => Assert.InRange(entry.Frame.Length, 14, PacketLayout.MaximumTaggedFrame));
    }
}
