// A device that lies must not confuse the driver: only what was lent comes back, once, with a sane length. Next: DeviceFuzzTests.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class HostileDeviceTests
{
    private const int ReturnRing = 128 * 16 + 128 * 32;
    private const int StatusBlock = ReturnRing + 128 * 32;

    [Fact]
    public void ADeviceThatIsGoneReadsAsAllOnes()
    {
        using var machine = new Bcm5721Machine();
        var window = new GoneDevice(machine) { IsGone = true };
        RingOS.Drivers.Bcm5721.Bcm5721Controller driver = machine.NewDriver(InterruptMode.Frame, window);
        Assert.Equal(Status.TimedOut, driver.Start());
        driver.OnInterrupt();
        driver.Stop();
        Assert.Empty(machine.LinkChanges);
    }

    [Fact]
    public void ADeviceThatGoesAwayGivesBackAllPacketsWhenStopped()
    {
        using var machine = new Bcm5721Machine();
        var window = new GoneDevice(machine);
        RingOS.Drivers.Bcm5721.Bcm5721Controller driver = machine.NewDriver(InterruptMode.Frame, window);
        Assert.Equal(Status.Ok, driver.Start());
        for (ushort packet = 0; packet < 5; packet++)
            driver.ProvideTransmit(new(packet), 60, TransmitOptions.None);
        driver.ProvideReceive(new(5));
        window.IsGone = true;
        machine.Memory.Descriptors[StatusBlock] = 2; // "link", with a new tag
        machine.Memory.Descriptors[StatusBlock + 4] = 99;
        ulong begun = machine.Clock.Now;
        driver.OnInterrupt();
        driver.Stop();
        Assert.InRange(machine.Clock.Now - begun, 0ul, 5_000_000ul);
        Assert.Equal([0, 1, 2, 3, 4, 5], machine.TransmittedPackets);
        Assert.Equal([false], machine.LinkChanges);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x7F)]
    [InlineData(0x55)]
    public void AStatusBlockOfGarbageReportsNothingThatWasNotGiven(byte garbage)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Memory.Descriptors[ReturnRing..].Fill(garbage);
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Transmitted);
        Assert.Empty(machine.Received);
    }

    [Fact]
    public void AnIndexThatGoesBackReportsNothing()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 4; packet++)
            machine.Transmit(packet);
        machine.FinishAll();
        machine.Interrupt();
        machine.Transmit(4);
        machine.Memory.Descriptors[StatusBlock + 0x12] = 2;
        machine.Driver.OnInterrupt();
        Assert.Equal(4, machine.Transmitted.Count);
    }

    [Theory]
    [InlineData(0x10, 2)] // one was lent
    [InlineData(0x10, 128)]
    [InlineData(0x12, 2)] // one was sent
    [InlineData(0x12, 128)]
    public void AnIndexBeyondWhatTheDeviceWasGivenReportsNothing(int offset, byte index)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Lend(5);
        machine.Transmit(6);
        machine.Memory.Descriptors[StatusBlock + offset] = index;
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Transmitted);
        Assert.Empty(machine.Received);
        Assert.Equal(0ul, machine.Counter(NicCounter.ReceiveErrors));
    }

    [Theory]
    [InlineData(4u, 4u)] // as long as the check sequence
    [InlineData(3u, 4u)]
    [InlineData(1523u, 4u)]
    [InlineData(65535u, 4u)]
    [InlineData(104u, 0u)] // not its end
    [InlineData(104u, 0x404u)]
    public void ABadReportIsAnError(uint length, uint flags)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Lend(5);
        machine.Memory.Write32(GuestMemory.DmaAddress + ReturnRing + 8, length, flags, 0, 0, 0, 0);
        machine.Memory.Descriptors[StatusBlock + 0x10] = 1;
        machine.Driver.OnInterrupt();
        Assert.Empty(machine.Received);
        Assert.Equal(1ul, machine.Counter(NicCounter.ReceiveErrors));
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(1u, false)]
    [InlineData(uint.MaxValue, false)]
    public void AnotherSlotThanTheOldestIsAnError(uint opaque, bool isGood)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Lend(5);
        machine.Memory.Write32(GuestMemory.DmaAddress + ReturnRing + 8, 104, 4, 0, 0, 0, opaque);
        machine.Memory.Descriptors[StatusBlock + 0x10] = 1;
        machine.Driver.OnInterrupt();
        Assert.Equal(isGood ? 1 : 0, machine.Received.Count);
    }

    [Fact]
    public void WhateverTheDeviceWritesOnlyLentPacketsComeBack()
        => Gen.Select(Gen.Int[0, 60], Gen.Bool, Gen.Int[0, 140], Gen.Int[0, 140], Gen.Byte.Array[64]).Array[1, 30]
            .Sample(Play, iter: 200, threads: 1);

    private static void Play((int Times, bool IsSent, int Consumer, int Producer, byte[] Noise)[] steps)
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.SetBusMaster(false); // The real one keeps quiet.
        var lent = new HashSet<ushort>();
        machine.WhenTransmitted = packet => Assert.True(lent.Remove(packet.Value));
        machine.WhenReceived = packet =>
        {
            Assert.True(lent.Remove(packet.Value));
            Assert.InRange(machine.Received[^1].Frame.Length, 1, 1514);
        };
        ushort next = 0;
        foreach ((int times, bool isSent, int consumer, int producer, byte[] noise) in steps)
        {
            for (int time = 0; time < times; time++)
            {
                next = Enumerable.Range(0, 256).Select(number => (ushort)((next + number) % 256)).FirstOrDefault(number => !lent.Contains(number), next);
                if (lent.Add(next) && (isSent ? machine.Transmit(next) : machine.Lend(next)) != Status.Ok)
                    lent.Remove(next);
            }
            for (int at = ReturnRing; at < StatusBlock + 0x50; at++)
                machine.Memory.Descriptors[at] = (byte)(noise[at % 64] + (at % 32 == 28 ? at / 32 : 0));
            machine.Memory.Descriptors[StatusBlock + 0x11] = 0;
            machine.Memory.Descriptors[StatusBlock + 0x13] = 0;
            machine.Memory.Descriptors[StatusBlock + 0x10] = (byte)producer;
            machine.Memory.Descriptors[StatusBlock + 0x12] = (byte)consumer;
            machine.Driver.OnInterrupt();
        }
        machine.Driver.Stop();
        Assert.Empty(lent);
    }

    private sealed class GoneDevice(Bcm5721Machine machine) : MmioRegion
    {
        public bool IsGone { get; set; }

        public override uint Read(uint offset) => IsGone ? uint.MaxValue : machine.Read(offset);

        public override void Write(uint offset, uint value)
        {
            if (!IsGone)
                machine.Write(offset, value);
        }
    }
}
