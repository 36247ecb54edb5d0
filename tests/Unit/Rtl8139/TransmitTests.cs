// The way out: four slots, outcomes frame by frame, and the restart after a frame that was given up. Next: ReceiveTests.cs
using System.Linq;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.Rtl8139;

public sealed class TransmitTests
{
    [Fact]
    public void FramesLeaveInOrderWithTheirBytes()
    {
        using var machine = Rtl8139Machine.Running();
        for (int packet = 0; packet < 40; packet++)
        {
            Assert.Equal(Status.Ok, machine.Transmit(packet, 100 + packet));
            machine.Device.CompleteAll();
            machine.Driver.OnInterrupt();
        }

        for (int packet = 0; packet < 40; packet++)
            Assert.Equal(Rtl8139Machine.Frame(100 + packet, packet), machine.Device.Wire[packet]);
        Assert.Equal(Enumerable.Range(0, 40).Select(static packet => ((ushort)packet, TransmitOutcome.Sent)), machine.Transmitted);
        Assert.Equal(40ul, machine.Counter(NicCounter.FramesSent));
        Assert.Equal((ulong)Enumerable.Range(100, 40).Sum(), machine.Counter(NicCounter.BytesSent));
    }

    [Fact]
    public void AFifthFrameFindsNoRoomUntilOneIsDone()
    {
        using var machine = Rtl8139Machine.Running();
        for (int packet = 0; packet < 4; packet++)
            Assert.Equal(Status.Ok, machine.Transmit(packet));
        Assert.Equal(Status.NoBufferSpace, machine.Transmit(4));
        Assert.Equal(1ul, machine.Counter(NicCounter.TransmitRingFull));
        Assert.Empty(machine.Transmitted);

        machine.Device.CompleteOne();
        machine.Driver.OnInterrupt();

        Assert.Equal(Status.Ok, machine.Transmit(4));
    }

    // What another frame has left in the buffer, or the packet behind its frame, stays here.
    [Theory]
    [InlineData(14)]
    [InlineData(42)]
    [InlineData(59)]
    [InlineData(60)]
    public void ShortFramesArePaddedWithZeros(int length)
    {
        using var machine = Rtl8139Machine.Running();
        machine.Transmit(1, length);
        machine.Device.CompleteOne();

        Assert.Equal([.. Rtl8139Machine.Frame(length, 1), .. new byte[60 - length]], machine.Device.Wire[0]);
    }

    [Theory]
    [InlineData(FakeRtl8139.Ok, TransmitOutcome.Sent)]
    [InlineData(FakeRtl8139.Underrun, TransmitOutcome.Sent)]
    [InlineData(FakeRtl8139.Aborted, TransmitOutcome.ExcessiveCollisions)]
    [InlineData(FakeRtl8139.Late, TransmitOutcome.LateCollision)]
    [InlineData(FakeRtl8139.Late | FakeRtl8139.Aborted, TransmitOutcome.LateCollision)]
    public void EveryOutcomeComesThrough(uint bits, TransmitOutcome outcome)
    {
        using var machine = Rtl8139Machine.Running();
        machine.Transmit(9);
        machine.Transmit(10);

        machine.Device.CompleteOne(bits | (3u << 24));
        if (bits == FakeRtl8139.Late)
            machine.Device.Raise(4);
        machine.Driver.OnInterrupt();
        machine.Device.CompleteAll();
        machine.Driver.OnInterrupt();

        Assert.Equal([(9, outcome), (10, TransmitOutcome.Sent)], machine.Transmitted);
        ulong errors = outcome == TransmitOutcome.Sent ? 0ul : 1;
        Assert.Equal(errors, machine.Counter(NicCounter.TransmitErrors));
        Assert.Equal(outcome == TransmitOutcome.LateCollision ? 1ul : 0, machine.Counter(NicCounter.LateCollisions));
        Assert.Equal(outcome == TransmitOutcome.ExcessiveCollisions ? 1ul : 0, machine.Counter(NicCounter.ExcessiveCollisions));
        Assert.Equal(3ul, machine.Counter(NicCounter.Collisions));
    }

    // At any slot, with any number of frames behind it: they leave once each and in order, the lost one never.
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 1)]
    public void WhatWaitsBehindALostFrameLeaves(int before, int waiting)
    {
        using var machine = Rtl8139Machine.Running();
        for (int packet = 0; packet < before; packet++)
        {
            machine.Transmit(packet);
            machine.Device.CompleteOne();
            machine.Driver.OnInterrupt();
        }
        machine.Device.Wire.Clear();
        for (int packet = before; packet < before + waiting; packet++)
            machine.Transmit(packet);

        machine.Device.CompleteOne(FakeRtl8139.Aborted);
        Assert.True(machine.Device.IsStopped);
        machine.Driver.OnInterrupt();
        machine.Device.CompleteAll();
        machine.Driver.OnInterrupt();
        machine.Transmit(100);
        machine.Device.CompleteAll();
        machine.Driver.OnInterrupt();

        int[] sent = [.. Enumerable.Range(before + 1, waiting - 1), 100];
        Assert.Equal(sent.Select(static packet => Rtl8139Machine.Frame(100, packet)), machine.Device.Wire);
        Assert.Equal(((ushort)before, TransmitOutcome.ExcessiveCollisions), machine.Transmitted[before]);
        Assert.Equal(sent.Select(static packet => ((ushort)packet, TransmitOutcome.Sent)), machine.Transmitted.Skip(before + 1));
    }

    [Fact]
    public void AnEventMaySendAtOnce()
    {
        using var machine = Rtl8139Machine.Running();
        for (int packet = 0; packet < 4; packet++)
            machine.Transmit(packet);
        machine.WhenTransmitted = packet => Assert.Equal(Status.Ok, machine.Transmit(packet.Value + 10));
        machine.Device.CompleteAll();
        machine.Driver.OnInterrupt();
        Assert.Equal([0, 1, 2, 3], machine.Transmitted.Select(static entry => (int)entry.Packet));
        machine.WhenTransmitted = static _ => { };
        machine.Device.CompleteAll();
        machine.Driver.OnInterrupt();
        Assert.Equal([10, 11, 12, 13], machine.Transmitted.Skip(4).Select(static entry => (int)entry.Packet));
    }

    [Fact]
    public void ADatagramCostsFourRegisterAccesses()
    {
        using var machine = Rtl8139Machine.Running();
        machine.Transmit(0);
        machine.Device.CompleteOne();
        machine.Driver.OnInterrupt();
        Assert.Equal(["w32 10", "r16 3E", "w16 3E", "r32 10"], machine.Device.Accesses);
    }

    [Theory]
    [InlineData(256, 100, TransmitOptions.None)]
    [InlineData(0, 13, TransmitOptions.None)]
    [InlineData(0, 1515, TransmitOptions.None)]
    [InlineData(0, 100, TransmitOptions.CompleteUdpChecksum)]
    public void BadArgumentsAreRefused(int packet, int length, TransmitOptions options)
    {
        using var machine = Rtl8139Machine.Running();
        Assert.Equal(Status.InvalidArgument, machine.Transmit(packet, length, options));
        Assert.Empty(machine.Device.Accesses);
    }

    [Fact]
    public void StopGivesEverythingBack()
    {
        using var machine = Rtl8139Machine.Running();
        machine.Transmit(1);
        machine.Lend(2);
        machine.Driver.Stop();
        Assert.Equal([(1, TransmitOutcome.Aborted), (2, TransmitOutcome.Aborted)], machine.Transmitted);
        Assert.Equal(Status.NetworkDown, machine.Transmit(3));
        Assert.Equal(Status.NetworkDown, machine.Lend(3));
        Assert.False(machine.Device.CompleteOne());
    }
}
