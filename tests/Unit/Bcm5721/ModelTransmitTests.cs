// The model's way out, register by register: what must be on, what moves after a frame's end, what becomes of bad descriptors.
// Next: ModelReceiveTests.cs
using System;
using System.Linq;
using RingOS.Devices;
using Xunit;
using static RingOS.Tests.Unit.Bcm5721.ModelMachine;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class ModelTransmitTests
{
    public static TheoryData<uint> Needed => [.. Blocks.Except([0x3000u, 0x2000u, 0x2800u, 0x2C00u, 0x2400u, 0x468u, 0x4C00u]), 0x400u, 0x6800u];

    [Fact]
    public void AFrameGoesOutPaddedAndItsEndMovesIndexTagAndInterrupt()
    {
        using ModelMachine machine = Running();
        machine[0x438] = 0xFFFF_FC25;
        machine.Memory.FrameOf(new(0), 40).Fill(7);
        machine.Describe(0, Buffers + 22, 40);
        machine[SendProducer] = 1;

        Assert.Equal([.. Enumerable.Repeat((byte)7, 40), .. new byte[20]], machine.Port.Offered.Single());
        Assert.Equal(0x25u, machine.Port.BackoffSeed);
        Assert.Equal((0u, 0u), (machine.SendConsumer, machine.Tag));
        Assert.False(machine.Device.InterruptPending);
        machine.Finish();

        Assert.Equal((1u, 1u, 1u), (machine.SendConsumer, machine.Tag, machine.Status));
        Assert.True(machine.Device.TakeInterrupt(out ulong address, out uint data));
        Assert.Equal((0xFEE0_1000ul, 0x51u), (address, data));
        Assert.False(machine.Device.TakeInterrupt(out _, out _));
        Assert.Equal((64u, 0u), (machine[0x800], machine[0x800])); // octets with check sequence, once
        Assert.Equal(0, machine.Memory.Refused);
    }

    [Fact]
    public void OneFrameIsOfferedAtATimeAndInOrder()
    {
        using ModelMachine machine = Running();
        for (uint index = 0; index < 5; index++)
        {
            machine.Memory.FrameOf(new((ushort)index), 100)[0] = (byte)(index * 2);
            machine.Describe(index, Buffers + index * 2048 + 22, 100);
        }
        machine[SendProducer] = 5;
        for (int sent = 1; sent <= 5; sent++)
        {
            Assert.Equal(sent, machine.Port.Offered.Count);
            machine.Finish();
            Assert.Equal((uint)sent, machine.SendConsumer);
        }
        Assert.Equal([0, 2, 4, 6, 8], machine.Port.Wire.Select(frame => (int)frame[0]));
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public void NothingMovesWhileABlockIsOff(uint block)
    {
        using ModelMachine machine = Running();
        uint was = machine[block];
        machine[block] = 0;
        machine.Send(0);
        Assert.Empty(machine.Port.Offered);
        Assert.Equal(0, machine.Memory.Reads);
        machine[block] = was;
        Assert.Single(machine.Port.Offered);
    }

    [Fact]
    public void WithoutBusMasteringThereIsNoDmaAndNoInterrupt()
    {
        using ModelMachine machine = Running();
        machine.Device.WriteConfiguration(4, 2, 2);
        machine.Send(0);
        machine.Device.OnReceived(Bcm5721Machine.FrameToUs(60));
        machine.Device.SetLink(false, 100, false);
        machine[0x3C00] = 0xA; // update now
        Assert.Equal((0, 0, 0), (machine.Memory.Reads, machine.Memory.Writes, machine.Memory.Refused));
        Assert.False(machine.Device.InterruptPending);
    }

    [Fact]
    public void WithoutMessagesTheRequestWaits()
    {
        using ModelMachine machine = Running();
        machine.Device.WriteConfiguration(0x4A, 0, 2);
        machine.Send(0);
        machine.Finish();
        Assert.False(machine.Device.TakeInterrupt(out _, out _));
        machine.Device.WriteConfiguration(0x4A, 1, 2);
        Assert.True(machine.Device.TakeInterrupt(out _, out _));
    }

    [Theory]
    [InlineData(TransmitEnd.Sent, 0, false, new uint[] { })]
    [InlineData(TransmitEnd.Sent, 1, false, new uint[] { 0x808, 1, 0x81C, 1 })]
    [InlineData(TransmitEnd.Sent, 7, true, new uint[] { 0x808, 7, 0x820, 1, 0x824, 1 })]
    [InlineData(TransmitEnd.ExcessiveCollisions, 16, false, new uint[] { 0x808, 16, 0x82C, 1 })]
    [InlineData(TransmitEnd.LateCollision, 1, true, new uint[] { 0x808, 1, 0x824, 1, 0x830, 1 })]
    [InlineData(TransmitEnd.Sent, -5, false, new uint[] { })]
    public void TheCountersTellHowItEndedAndAreClearedByReading(TransmitEnd end, int collisions, bool wasDeferred, uint[] expected)
    {
        using ModelMachine machine = Running();
        machine.Send(0);
        machine.Finish(end, collisions, wasDeferred);

        foreach (uint offset in new uint[] { 0x808, 0x818, 0x81C, 0x820, 0x824, 0x82C, 0x830 })
        {
            int at = Array.IndexOf(expected, offset);
            machine[offset] = 99; // They cannot be written.
            Assert.Equal(at < 0 ? 0 : expected[at + 1], machine[offset]);
            Assert.Equal(0u, machine[offset]);
        }
        Assert.Equal(1u, machine.SendConsumer); // whatever became of it
        Assert.Equal(end == TransmitEnd.Sent ? 1u : 0, machine[0x86C]);
        Assert.Equal((0u, 8u), (machine[0x404], machine[0x460])); // no bit of a collision anywhere
    }

    [Fact]
    public void AFrameMayLieInPieces()
    {
        using ModelMachine machine = Running();
        machine.Memory.FrameOf(new(0), 1500).Fill(1);
        machine.Describe(0, Buffers + 22, 14, flags: 0);
        machine.Describe(1, Buffers + 200, 86, flags: 0);
        machine[SendProducer] = 2;
        Assert.Empty(machine.Port.Offered); // the last piece is missing
        machine.Describe(2, Buffers + 300, 100);
        machine[SendProducer] = 3;
        Assert.Equal(Enumerable.Repeat((byte)1, 200), machine.Port.Offered.Single());
        machine.Finish();
        Assert.Equal(3u, machine.SendConsumer);
    }

    [Theory]
    [InlineData(0ul, 100)]
    [InlineData(ulong.MaxValue, 100)]
    [InlineData(Buffers + 64 * 2048 - 99, 100)]
    [InlineData(Buffers, 0)]
    [InlineData(Buffers, 13)]
    [InlineData(Buffers, 1515)]
    [InlineData(Buffers, 65535)]
    public void ABadDescriptorIsDroppedAndToldAsAnError(ulong address, int length)
    {
        using ModelMachine machine = Running();
        machine.Describe(0, address, length);
        machine.Describe(1, Buffers, 100);
        machine[SendProducer] = 2;

        Assert.Equal(1u, machine.SendConsumer);
        Assert.Equal(5u, machine.Status); // updated, error
        Assert.Equal((1u, 0u), (machine[0x818], machine[0x82C]));
        Assert.Single(machine.Port.Offered); // the next one
        Assert.True(machine.Device.InterruptPending);
        (machine[0x4804], machine[0x3C48]) = (uint.MaxValue, uint.MaxValue); // ones clear
        machine.Finish();
        Assert.Equal((1u, 2u), (machine.Status, machine.SendConsumer));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(0xFFFF_FFFF)]
    public void AnIndexBeyondTheRingIsRefused(uint producer)
    {
        using ModelMachine machine = Running();
        machine[SendProducer] = producer;
        Assert.Equal((0, 5u), (machine.Memory.Reads, machine.Status));
        machine.Send(0);
        Assert.Single(machine.Port.Offered);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(63u << 16)]
    [InlineData(1024u << 16)]
    [InlineData(16u << 16)]
    [InlineData((64u << 16) | 2)]
    public void ARingOfNoPossibleSizeIsNone(uint entriesAndFlags)
    {
        using ModelMachine machine = Running();
        machine.SetControlBlock(0x100, SendRing, entriesAndFlags);
        machine.Send(0);
        Assert.Empty(machine.Port.Offered);
        Assert.Equal(5u, machine.Status);
    }

    [Theory]
    [InlineData(0xFFFF_FFFF_FFFF_FFF0)]
    [InlineData(0x0000_0000_FEE0_0000)]
    public void ARingOutsideMemoryEndsInErrorsAndNotInALoop(ulong ring)
    {
        using ModelMachine machine = Running();
        machine.SetControlBlock(0x100, ring, 64 << 16);
        machine[SendProducer] = 63;
        Assert.Equal((63u, 63u), (machine.SendConsumer, machine[0x818]));
        Assert.Empty(machine.Port.Offered);
    }

    [Fact]
    public void ARingThatShrinksUnderItsIndicesLosesWhatWasInIt()
    {
        using ModelMachine machine = Running();
        for (uint index = 0; index < 40; index++)
            machine.Describe(index, Buffers, 100);
        machine[SendProducer] = 40;
        machine.SetControlBlock(0x100, SendRing, 32 << 16);
        machine.Finish();
        Assert.Equal(5u, machine.Status);
        Assert.Single(machine.Port.Offered);
        machine[SendProducer] = 0;
        Assert.Single(machine.Port.Offered);
    }

    [Fact]
    public void AFrameOnTheMediumWhenTheChipIsResetChangesNothingAfterwards()
    {
        using ModelMachine machine = Running();
        machine.Send(0);
        machine[0x6804] = 1;
        machine.Start(1, 0);
        machine.Send(0);
        Assert.Single(machine.Port.Offered); // the medium still has the old one
        machine.Finish(TransmitEnd.ExcessiveCollisions, 16);
        Assert.Equal((0u, 0u, 0u), (machine[0x808], machine[0x82C], machine.SendConsumer));
        Assert.Equal(2, machine.Port.Offered.Count);
        machine.Finish();
        Assert.Equal(1u, machine.SendConsumer);
    }

    [Fact]
    public void AnEndThatNobodyWaitsForIsIgnored()
    {
        using ModelMachine machine = Running();
        machine.Device.OnTransmitted(new TransmitResult(TransmitEnd.ExcessiveCollisions, 16));
        Assert.Equal((0u, 0u, 0u), (machine[0x82C], machine[0x808], machine.Tag));
    }

    [Fact]
    public void WithoutALinkFramesWait()
    {
        using ModelMachine machine = Running();
        machine.Device.SetLink(false, 100, false);
        machine.Send(0);
        Assert.Empty(machine.Port.Offered);
        machine.Device.SetLink(true, 100, false);
        Assert.Single(machine.Port.Offered);
    }

    [Fact]
    public void AMediumThatIsDoneAtOnceTakesAllWithoutRecursion()
    {
        using ModelMachine machine = Running();
        machine.Port.AtOnce = new TransmitResult(TransmitEnd.Sent);
        for (uint index = 0; index < 63; index++)
            machine.Describe(index, Buffers, 100);
        machine[SendProducer] = 63;
        Assert.Equal((63, 63u), (machine.Port.Wire.Count, machine.SendConsumer));
    }
}
