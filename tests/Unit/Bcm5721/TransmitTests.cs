// The driver's way out, against the model: order, ring, doorbells, bad arguments, cost in register accesses. Next: OutcomeTests.cs
using System;
using System.Buffers.Binary;
using System.Linq;
using RingOS.Abi;
using RingOS.Devices;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class TransmitTests
{
    private const int Capacity = 127;

    [Fact]
    public void FramesLeaveInOrderWithTheirBytes()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 20; packet++)
        {
            machine.Memory.FrameOf(new PacketIndex((ushort)packet), 100 + packet).Fill((byte)packet);
            Assert.Equal(Status.Ok, machine.Transmit(packet, 100 + packet));
        }
        Assert.Empty(machine.Transmitted);
        Assert.Equal(20, machine.FinishAll());
        Assert.Empty(machine.Transmitted);
        machine.Interrupt();

        for (int packet = 0; packet < 20; packet++)
            Assert.Equal(Enumerable.Repeat((byte)packet, 100 + packet), machine.Port.Wire[packet]);
        Assert.Equal(Enumerable.Range(0, 20).Select(packet => (ushort)packet), machine.TransmittedPackets);
        Assert.Equal(20ul, machine.Counter(NicCounter.FramesSent));
        Assert.Equal((ulong)Enumerable.Range(100, 20).Sum(), machine.Counter(NicCounter.BytesSent));
    }

    [Fact]
    public void AFullRingRefusesAndRecovers()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < Capacity; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet));
        int writes = machine.Writes;

        Assert.Equal(Status.NoBufferSpace, machine.Transmit(200));

        Assert.Equal(writes, machine.Writes);
        Assert.Equal(1ul, machine.Counter(NicCounter.TransmitRingFull));
        machine.Port.Finish();
        Assert.Equal(Status.NoBufferSpace, machine.Transmit(200)); // Only the report frees a slot.
        machine.Interrupt();
        Assert.Equal(Status.Ok, machine.Transmit(201));
        Assert.Equal(Capacity, machine.FinishAll());
        machine.Interrupt();
        Assert.Equal(Enumerable.Range(0, Capacity).Append(201).Select(packet => (ushort)packet), machine.TransmittedPackets);
    }

    [Theory]
    [InlineData(InterruptMode.Frame)]
    [InlineData(InterruptMode.Poll)]
    public void TheRingWrapsAroundForEver(InterruptMode mode)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running(mode);
        int provided = 0;
        for (int round = 0; round < 500; round++)
        {
            for (int burst = round % 37; burst >= 0; burst--)
            {
                var packet = new PacketIndex((ushort)(provided % 256));
                BinaryPrimitives.WriteInt32LittleEndian(machine.Memory.FrameOf(packet, 60), provided++);
                Assert.Equal(Status.Ok, machine.Driver.ProvideTransmit(packet, 60, TransmitOptions.None));
            }
            machine.FinishAll();
            Assert.Equal(mode == InterruptMode.Frame, machine.Interrupt() == 1);
            machine.Driver.OnInterrupt();
        }
        Assert.True(provided > 9000);
        Assert.Equal(Enumerable.Range(0, provided), machine.Port.Wire.Select(frame => BinaryPrimitives.ReadInt32LittleEndian(frame)));
        Assert.Equal(Enumerable.Range(0, provided).Select(number => (ushort)(number % 256)), machine.TransmittedPackets);
    }

    [Theory]
    [InlineData(256, 60, 0)] // packets are 0 to 255
    [InlineData(65535, 60, 0)]
    [InlineData(0, 13, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1515, 0)]
    [InlineData(0, 65535, 0)]
    [InlineData(0, 60, 1)] // it has no checksum unit
    [InlineData(0, 60, 4)]
    [InlineData(0, 60, 0x80000001)]
    public void BadArgumentsAreRefused(int packet, int length, uint options)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        int writes = machine.Writes;
        Assert.Equal(Status.InvalidArgument, machine.Transmit(packet, length, (TransmitOptions)options));
        machine.Driver.FlushTransmit();
        Assert.Equal(writes + 1, machine.Writes);
        Assert.Empty(machine.Port.Offered);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(1514)]
    public void TheShortestAndTheLongestFrameAreAccepted(int length)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        Assert.Equal(Status.Ok, machine.Transmit(255, length));
        Assert.Equal(Math.Max(60, length), machine.Port.Offered.Single().Length);
    }

    [Fact]
    public void ABatchIsOneDoorbell()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        int writes = machine.Writes;
        for (int packet = 0; packet < 31; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet, options: TransmitOptions.MoreFollows));
        Assert.Equal((writes, 0), (machine.Writes, machine.Port.Offered.Count));
        Assert.Equal(Status.Ok, machine.Transmit(31));
        Assert.Equal(writes + 1, machine.Writes);
        Assert.Equal(32, machine.FinishAll());
        machine.Transmit(32, options: TransmitOptions.MoreFollows);
        machine.Driver.FlushTransmit();
        Assert.Equal(1, machine.FinishAll());
        machine.Interrupt();
        Assert.Equal(33, machine.Transmitted.Count);
    }

    [Fact]
    public void AFrameCostsOneWriteItsReportTwoReadsAndOneWrite()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        (int reads, int writes) = (machine.Reads, machine.Writes);
        machine.Transmit(0);
        Assert.Equal((reads, writes + 1), (machine.Reads, machine.Writes));
        machine.FinishAll();
        Assert.Equal(1, machine.Interrupt());
        Assert.Equal((reads + 2, writes + 2), (machine.Reads, machine.Writes));
        machine.Driver.OnInterrupt(); // nothing happened: no register is touched
        Assert.Equal((reads + 2, writes + 2), (machine.Reads, machine.Writes));
        Assert.Equal(1ul, machine.Counter(NicCounter.Interrupts));
    }

    [Fact]
    public void AModeratedDeviceCollectsAndThenTells()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running(InterruptMode.Moderated);
        for (int packet = 0; packet < 40; packet++)
            machine.Transmit(packet);
        machine.FinishAll();
        Assert.Equal(1, machine.Interrupt());
        Assert.Equal(32, machine.Transmitted.Count);
        machine.Device.AdvanceTo(49_999);
        Assert.Equal(0, machine.Interrupt());
        machine.Device.AdvanceTo(50_000);
        Assert.Equal(1, machine.Interrupt());
        Assert.Equal(40, machine.Transmitted.Count);
    }

    [Fact]
    public void AFrameMayBeSentFromInsideTheEvent()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Port.AtOnce = new TransmitResult(TransmitEnd.Sent);
        machine.WhenTransmitted = packet =>
        {
            if (machine.Transmitted.Count < 500)
                machine.Transmit(packet.Value);
        };
        machine.Transmit(0);
        machine.Interrupt();
        Assert.Equal(500, machine.Transmitted.Count);
    }

    [Fact]
    public void TheDriverDoesNotAllocate()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Transmitted.Capacity = 4096;
        long allocated = 0;
        for (int frame = 0; frame < 1000; frame++)
        {
            machine.Device.WriteConfiguration(4, 2, 2); // so that only the driver works
            long before = GC.GetAllocatedBytesForCurrentThread();
            machine.Transmit(frame % 256);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            machine.Device.WriteConfiguration(4, 6, 2);
            machine.Device.AdvanceTo(0);
            machine.FinishAll();
            before = GC.GetAllocatedBytesForCurrentThread();
            machine.Driver.OnInterrupt();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal((1000, 0L), (machine.Transmitted.Count, allocated));
    }
}
