// The way out: order, ring, outcomes, checksum, bad arguments, cost in register accesses. Next: ReceiveTests.cs
using System;
using System.Buffers.Binary;
using System.Linq;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.E1000;

public abstract class TransmitTests(E1000Model model) : E1000Tests(model)
{
    /// <summary>128 slots: one always empty, one for the checksum context.</summary>
    private const int Capacity = 126;

    [Fact]
    public void FramesLeaveInOrderWithTheirBytes()
    {
        using var machine = Running();
        for (int packet = 0; packet < 20; packet++)
        {
            machine.Bus.FrameOf(new PacketIndex((ushort)packet), 100 + packet).Fill((byte)packet);
            Assert.Equal(Status.Ok, machine.Transmit(packet, 100 + packet));
        }

        Assert.Equal(20, machine.Device.Advance());
        machine.Driver.OnInterrupt();

        for (int packet = 0; packet < 20; packet++)
            Assert.Equal(Enumerable.Repeat((byte)packet, 100 + packet), machine.Device.Wire[packet]);
        Assert.Equal(Enumerable.Range(0, 20).Select(packet => (ushort)packet), machine.TransmittedPackets);
        Assert.Equal(20ul, machine.Counter(NicCounter.FramesSent));
        Assert.Equal((ulong)Enumerable.Range(100, 20).Sum(), machine.Counter(NicCounter.BytesSent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NothingIsReportedFromInsideTheDoorbell(bool completesInDoorbell)
    {
        using var machine = Running();
        machine.Device.CompletesInDoorbell = completesInDoorbell;

        machine.Transmit(1);
        Assert.Empty(machine.Transmitted);
        machine.Device.Advance();
        Assert.Empty(machine.Transmitted);
        Assert.True(machine.Device.InterruptLine);
        machine.Driver.OnInterrupt();

        Assert.Equal([(1, TransmitOutcome.Sent)], machine.Transmitted);
        Assert.False(machine.Device.InterruptLine);
    }

    [Theory]
    [InlineData(TransmitOutcome.Sent, NicCounter.FramesSent, 0)]
    [InlineData(TransmitOutcome.ExcessiveCollisions, NicCounter.ExcessiveCollisions, 1)]
    [InlineData(TransmitOutcome.LateCollision, NicCounter.LateCollisions, 1)]
    public void EveryOutcomeComesThrough(TransmitOutcome outcome, NicCounter counter, ulong errors)
    {
        using var machine = Running();
        machine.Transmit(9);
        machine.Transmit(10);

        machine.Device.CompleteOne(outcome);
        machine.Device.CompleteOne();
        machine.Driver.OnInterrupt();

        Assert.Equal([(9, outcome), (10, TransmitOutcome.Sent)], machine.Transmitted);
        Assert.Equal(errors, machine.Counter(NicCounter.TransmitErrors));
        Assert.Equal(2 - errors, machine.Counter(NicCounter.FramesSent));
        Assert.Equal(errors == 0 ? 2ul : 1ul, machine.Counter(counter));
    }

    [Fact]
    public void OnlyWhatTheDeviceHasDoneIsReported()
    {
        using var machine = Running();
        for (int packet = 0; packet < 5; packet++)
            machine.Transmit(packet);

        machine.Device.CompleteOne();
        machine.Device.CompleteOne();
        machine.Driver.OnInterrupt();
        Assert.Equal([0, 1], machine.TransmittedPackets);

        machine.Driver.OnInterrupt();
        Assert.Equal(2, machine.Transmitted.Count);
    }

    [Fact]
    public void AFullRingRefusesAndRecovers()
    {
        using var machine = Running();
        for (int packet = 0; packet < Capacity; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet));
        int writes = machine.Device.Writes;

        Assert.Equal(Status.NoBufferSpace, machine.Transmit(200));

        Assert.Equal(writes, machine.Device.Writes);
        Assert.Equal(1ul, machine.Counter(NicCounter.TransmitRingFull));
        machine.Device.CompleteOne();
        Assert.Equal(Status.NoBufferSpace, machine.Transmit(200)); // Only the report frees a slot.
        machine.Driver.OnInterrupt();
        Assert.Equal(Status.Ok, machine.Transmit(201));
        Assert.Equal(Capacity, machine.Device.Advance());
        machine.Driver.OnInterrupt();
        Assert.Equal(Enumerable.Range(0, Capacity).Append(201).Select(packet => (ushort)packet), machine.TransmittedPackets);
    }

    [Fact]
    public void TheRingWrapsAroundForEver()
    {
        using var machine = Running();
        int provided = 0;
        for (int round = 0; round < 500; round++)
        {
            for (int burst = round % 37; burst >= 0; burst--)
            {
                var packet = new PacketIndex((ushort)(provided % 256));
                BinaryPrimitives.WriteInt32LittleEndian(machine.Bus.FrameOf(packet, 60), provided++);
                Assert.Equal(Status.Ok, machine.Driver.ProvideTransmit(packet, 60, TransmitOptions.None));
            }

            machine.Device.Advance();
            machine.Driver.OnInterrupt();
        }

        Assert.True(provided > 9000);
        Assert.Equal(Enumerable.Range(0, provided), machine.Device.Wire.Select(frame => BinaryPrimitives.ReadInt32LittleEndian(frame)));
        Assert.Equal(Enumerable.Range(0, provided).Select(number => (ushort)(number % 256)), machine.TransmittedPackets);
    }

    [Theory]
    [InlineData(256, 60, 0)] // packets are 0 to 255
    [InlineData(65535, 60, 0)]
    [InlineData(0, 13, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1515, 0)]
    [InlineData(0, 65535, 0)]
    [InlineData(0, 60, 4)]
    [InlineData(0, 60, 0x80000001)]
    public void BadArgumentsAreRefused(int packet, int length, uint options)
    {
        using var machine = Running();
        int writes = machine.Device.Writes;

        Assert.Equal(Status.InvalidArgument, machine.Transmit(packet, length, (TransmitOptions)options));

        Assert.Equal(writes, machine.Device.Writes);
        Assert.Equal(0, machine.Device.Advance());
    }

    [Theory]
    [InlineData(14)]
    [InlineData(1514)]
    public void TheShortestAndTheLongestFrameAreAccepted(int length)
    {
        using var machine = Running();

        Assert.Equal(Status.Ok, machine.Transmit(255, length));
        machine.Device.Advance();

        Assert.Equal(Math.Max(60, length), machine.Device.Wire[0].Length);
    }

    [Fact]
    public void TheDeviceCompletesTheUdpChecksum()
    {
        using var machine = Running();
        for (int packet = 0; packet < 300; packet++)
        {
            int index = packet % 100;
            WriteDatagram(machine.Bus.FrameOf(new PacketIndex((ushort)index), 42 + packet), packet);
            Assert.Equal(Status.Ok, machine.Transmit(index, 42 + packet, TransmitOptions.CompleteUdpChecksum));
            machine.Device.Advance();
            machine.Driver.OnInterrupt();

            byte[] sent = machine.Device.Wire[^1];
            Assert.NotEqual(0, BinaryPrimitives.ReadUInt16BigEndian(sent.AsSpan(40)));
            Assert.Equal(0xFFFF, FakeE1000.Sum([.. sent.AsSpan(26, 8), 0, 17, .. sent.AsSpan(38, 2), .. sent.AsSpan(34)]));
        }

        Assert.Equal(1, machine.Device.Contexts); // One context serves for ever.
    }

    [Fact]
    public void AChecksumOfZeroLeavesAsAllOnes()
    {
        using var machine = Running();
        Span<byte> frame = machine.Bus.FrameOf(new PacketIndex(0), 44);
        WriteDatagram(frame, 1);
        ushort rest = FakeE1000.Sum(frame[34..42]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[42..], (ushort)~rest); // Now everything sums up to 0xFFFF.

        machine.Transmit(0, 44, TransmitOptions.CompleteUdpChecksum);
        machine.Device.Advance();

        Assert.Equal(0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(machine.Device.Wire[0].AsSpan(40)));
    }

    [Fact]
    public void WithoutTheOptionTheFrameIsLeftAlone()
    {
        using var machine = Running();
        Span<byte> frame = machine.Bus.FrameOf(new PacketIndex(0), 100);
        WriteDatagram(frame, 1);

        machine.Transmit(0, 100);
        machine.Device.Advance();

        Assert.Equal(frame.ToArray(), machine.Device.Wire[0]);
    }

    [Fact]
    public void AFrameCostsOneRegisterWriteAndItsReportOneRead()
    {
        using var machine = Running();
        (int reads, int writes) = (machine.Device.Reads, machine.Device.Writes);

        machine.Transmit(0, 60, TransmitOptions.CompleteUdpChecksum);
        Assert.Equal((reads, writes + 1), (machine.Device.Reads, machine.Device.Writes));
        machine.Device.Advance();
        machine.Driver.OnInterrupt();

        Assert.Equal((reads + 1, writes + 1 + WritesAnInterrupt), (machine.Device.Reads, machine.Device.Writes));
        Assert.Single(machine.Transmitted);
        Assert.Equal(1ul, machine.Counter(NicCounter.Interrupts));
    }

    [Fact]
    public void AnInterruptOfAnotherDeviceIsNone()
    {
        using var machine = Running();
        machine.Transmit(0);

        machine.Driver.OnInterrupt();

        Assert.Empty(machine.Transmitted);
        Assert.Equal(0ul, machine.Counter(NicCounter.Interrupts));
    }

    [Fact]
    public void TheDriverDoesNotAllocate()
    {
        using var machine = Running();
        machine.Transmitted.Capacity = 4096;
        machine.Device.WrittenOffsets.Capacity = 4096;
        long allocated = 0;
        for (int frame = 0; frame < 1000; frame++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            machine.Transmit(frame % 256);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            machine.Device.Advance();
            before = GC.GetAllocatedBytesForCurrentThread();
            machine.Driver.OnInterrupt();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(1000, machine.Transmitted.Count);
        Assert.Equal(0, allocated);
    }

    /// <summary>A UDP datagram whose checksum field holds the folded sum of the pseudo-header, as the stack prepares it.</summary>
    private static void WriteDatagram(Span<byte> frame, int seed)
    {
        frame.Clear();
        ushort udpLength = (ushort)(frame.Length - 34);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x0800);
        frame[14] = 0x45;
        frame[23] = 17;
        BinaryPrimitives.WriteUInt32BigEndian(frame[26..], 0x0A00020F);
        BinaryPrimitives.WriteUInt32BigEndian(frame[30..], 0x0A000202);
        BinaryPrimitives.WriteUInt16BigEndian(frame[34..], (ushort)(40000 + seed));
        BinaryPrimitives.WriteUInt16BigEndian(frame[36..], 5001);
        BinaryPrimitives.WriteUInt16BigEndian(frame[38..], udpLength);
        new Random(seed).NextBytes(frame[42..]);
        ushort pseudoHeader = FakeE1000.Sum([.. frame.Slice(26, 8), 0, 17, .. frame.Slice(38, 2)]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[40..], pseudoHeader);
    }
}
