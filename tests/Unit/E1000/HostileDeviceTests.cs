// A device that lies must not confuse the driver: only what was lent comes back, once, with a sane length. Back to: FakeE1000.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.E1000;

public abstract class HostileDeviceTests(E1000Model model) : E1000Tests(model)
{
    [Fact]
    public void FinishedDescriptorsInEmptyRingsAreNotLookedAt()
    {
        using var machine = Running();

        machine.Device.Scribble(ulong.MaxValue, ulong.MaxValue);
        machine.Driver.OnInterrupt();

        Assert.Empty(machine.Transmitted);
        Assert.Empty(machine.Received);
        Assert.Equal(0ul, machine.Counter(NicCounter.ReceiveErrors));
    }

    [Fact]
    public void APacketSaidToBeDoneTwiceIsReportedOnce()
    {
        using var machine = Running();
        machine.Transmit(3);
        machine.Transmit(4);
        machine.Device.Scribble(0, machine.Device.DoneInBothRings);
        machine.Driver.OnInterrupt();
        machine.Device.Scribble(0, machine.Device.DoneInBothRings);
        machine.Driver.OnInterrupt();

        Assert.Equal([3, 4], machine.TransmittedPackets);
    }

    [Fact]
    public void ADescriptorIsWrittenAnewForEveryFrame()
    {
        using var machine = Running();
        machine.Device.Scribble(ulong.MaxValue, ulong.MaxValue);
        machine.Driver.OnInterrupt();

        Assert.Equal(Status.Ok, machine.Transmit(3));
        Assert.Equal(Status.Ok, machine.Lend(4));
        machine.Device.Raise(uint.MaxValue);
        machine.Driver.OnInterrupt();

        Assert.Empty(machine.Transmitted); // The old DD is gone.
        Assert.Empty(machine.Received);
    }

    [Fact]
    public void AnInstantDeviceCannotHoldTheDriverInItsInterrupt()
    {
        using var machine = Running();
        machine.Device.CompletesInDoorbell = true;
        machine.WhenTransmitted = packet => machine.Transmit(packet.Value);
        machine.Transmit(0);

        machine.Driver.OnInterrupt();

        Assert.Equal(128, machine.Transmitted.Count);
        Assert.True(machine.Device.InterruptLine); // The rest is for the next interrupt.
    }

    [Fact]
    public void ADeviceThatIsGoneReadsAsAllOnes()
    {
        using var bus = new FakeBus(16);
        var clock = new FakeClock();
        using var machine = NewMachine();
        INicDriver driver = machine.NewDriver(new NicGrant(new GoneDevice(), bus.Dma, bus.Window, clock));

        Assert.Equal(Status.TimedOut, driver.Start());
        driver.OnInterrupt();
        driver.Stop();

        Assert.Empty(machine.LinkChanges);
    }

    [Fact]
    public void WhateverTheDeviceWritesOnlyLentPacketsComeBack()
        => Gen.Select(Gen.Int[0, 3], Gen.ULong, Gen.ULong, Gen.UInt).Array[1, 40].Sample(Play, iter: 200, threads: 1);

    private void Play((int Kind, ulong Word0, ulong Word1, uint Causes)[] steps)
    {
        using var machine = Running();
        var lent = new HashSet<ushort>();
        machine.WhenTransmitted = packet => Assert.True(lent.Remove(packet.Value));
        machine.WhenReceived = packet =>
        {
            Assert.True(lent.Remove(packet.Value));
            Assert.InRange(machine.Received[^1].Frame.Length, 1, PacketLayout.MaximumTaggedFrame);
        };
        ushort next = 0;
        foreach ((int kind, ulong word0, ulong word1, uint causes) in steps)
        {
            for (uint times = causes % 50; times != 0; times--)
            {
                while (lent.Contains(next))
                    next = (ushort)((next + 1) % 256);
                lent.Add(next);
                if ((kind == 0 ? machine.Transmit(next) : machine.Lend(next)) != Status.Ok)
                    lent.Remove(next);
            }

            machine.Device.Scribble(word0, kind == 3 ? word1 | machine.Device.DoneInBothRings : word1);
            machine.Device[FakeE1000.Icr] = causes;
            machine.Driver.OnInterrupt();
        }

        machine.Driver.Stop();
        Assert.Empty(lent);
    }

    private sealed class GoneDevice : MmioRegion
    {
        public override uint Read(uint offset) => uint.MaxValue;

        public override void Write(uint offset, uint value)
        {
        }
    }
}
