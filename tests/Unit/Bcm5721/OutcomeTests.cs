// What became of a frame, inferred from counters: certain for one, a guess among several. Next: ReceiveTests.cs
using System;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Devices;
using Xunit;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class OutcomeTests
{
    private static readonly TransmitResult s_sent = new(TransmitEnd.Sent, 3, WasDeferred: true);
    private static readonly TransmitResult s_lost = new(TransmitEnd.ExcessiveCollisions, 16);
    private static readonly TransmitResult s_late = new(TransmitEnd.LateCollision, 1);

    [Fact]
    public void FrameByFrameEveryOutcomeIsCertain()
        => Gen.Enum<TransmitEnd>().Array[0, 60].Sample(ends =>
        {
            using Bcm5721Machine machine = Bcm5721Machine.Running();
            for (int packet = 0; packet < ends.Length; packet++)
                machine.Transmit(packet);
            foreach (TransmitEnd end in ends)
            {
                machine.Port.Finish(new TransmitResult(end, 2));
                machine.Interrupt();
            }
            Assert.Equal(ends.Select(Expected), machine.Outcomes);
            Assert.Equal(0ul, machine.Driver.UncertainOutcomes);
        }, iter: 100, threads: 1);

    [Fact]
    public void CountersAddUpThoughReadingClearsThem()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        foreach (TransmitResult result in new[] { s_sent, s_lost, s_late, s_sent, s_lost })
        {
            machine.Transmit(0);
            machine.Port.Finish(result);
            machine.Interrupt();
            machine.Counter(NicCounter.Collisions);
        }
        for (int look = 0; look < 2; look++)
        {
            Assert.Equal(2ul, machine.Counter(NicCounter.FramesSent));
            Assert.Equal(3ul + 16 + 1 + 3 + 16, machine.Counter(NicCounter.Collisions));
            Assert.Equal(2ul, machine.Counter(NicCounter.Deferred));
            Assert.Equal(2ul, machine.Counter(NicCounter.ExcessiveCollisions));
            Assert.Equal(1ul, machine.Counter(NicCounter.LateCollisions));
            Assert.Equal(3ul, machine.Counter(NicCounter.TransmitErrors));
        }
        Assert.Equal(0ul, machine.Counter(NicCounter.Count));
        Assert.Equal(0ul, machine.Counter((NicCounter)(-1)));
    }

    [Fact]
    public void LookingAtCountersTakesAwayNoOutcome()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        machine.Transmit(0);
        machine.Port.Finish(s_lost);
        foreach (NicCounter counter in Enum.GetValues<NicCounter>())
            machine.Counter(counter);
        machine.Interrupt();
        Assert.Equal([TransmitOutcome.ExcessiveCollisions], machine.Outcomes);
    }

    [Fact]
    public void AmongSeveralTheLastOnesAreChargedAndThatIsCountedAsAGuess()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 5; packet++)
            machine.Transmit(packet);
        foreach (TransmitResult result in new[] { s_sent, s_lost, s_sent, s_lost, s_sent })
            machine.Port.Finish(result);
        machine.Interrupt();
        TransmitOutcome[] expected = [.. Enumerable.Repeat(TransmitOutcome.Sent, 3), .. Enumerable.Repeat(TransmitOutcome.ExcessiveCollisions, 2)];
        Assert.Equal(expected, machine.Outcomes);
        Assert.Equal(5ul, machine.Driver.UncertainOutcomes);
    }

    [Fact]
    public void IfAllWereLostNothingIsAGuess()
    {
        using Bcm5721Machine machine = Bcm5721Machine.Running();
        for (int packet = 0; packet < 3; packet++)
            machine.Transmit(packet);
        machine.FinishAll(s_lost);
        machine.Interrupt();
        Assert.Equal(Enumerable.Repeat(TransmitOutcome.ExcessiveCollisions, 3), machine.Outcomes);
        Assert.Equal(0ul, machine.Driver.UncertainOutcomes);
    }

    [Fact]
    public void InAnyGroupsTheNumbersAreRightAndNobodyIsAccusedBeforeALoss()
        => Gen.Select(Gen.Enum<TransmitEnd>(), Gen.Bool).Array[0, 80].Sample(steps =>
        {
            using Bcm5721Machine machine = Bcm5721Machine.Running();
            foreach ((TransmitEnd end, bool isInterrupted) in steps)
            {
                machine.Transmit(0);
                machine.Port.Finish(new TransmitResult(end, 1));
                if (isInterrupted)
                    machine.Interrupt();
            }
            machine.Interrupt();
            foreach (TransmitEnd end in Enum.GetValues<TransmitEnd>())
                Assert.Equal(steps.Count(step => step.Item1 == end), machine.Outcomes.Count(outcome => outcome == Expected(end)));
            for (int until = 1; until <= steps.Length; until++)
            {
                int accused = machine.Outcomes.Take(until).Count(outcome => outcome != TransmitOutcome.Sent);
                Assert.True(accused <= steps.Take(until).Count(step => step.Item1 != TransmitEnd.Sent));
            }
        }, iter: 100, threads: 1);

    [Theory]
    [InlineData(0x82C)]
    [InlineData(0x830)]
    public void AFrameThatEndsWhileTheDriverAsksIsChargedWithItsOwnLoss(uint register)
    {
        using var machine = new Bcm5721Machine();
        var window = new EndWhileAsking(machine, register);
        RingOS.Drivers.Bcm5721.Bcm5721Controller driver = machine.NewDriver(InterruptMode.Frame, window);
        driver.Start();
        for (ushort packet = 0; packet < 3; packet++)
            driver.ProvideTransmit(new(packet), 60, TransmitOptions.None);
        machine.Port.Finish(s_sent);
        window.Next = s_lost; // after the index was read, before this counter is
        driver.OnInterrupt();
        machine.Port.Finish(s_sent);
        driver.OnInterrupt();
        Assert.Equal([TransmitOutcome.Sent, TransmitOutcome.ExcessiveCollisions, TransmitOutcome.Sent], machine.Outcomes);
    }

    [Theory]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(5u, uint.MaxValue)]
    [InlineData(uint.MaxValue, 5u)]
    public void ADeviceThatCountsMoreLossesThanFramesLosesThemAll(uint excessive, uint late)
    {
        using var machine = new Bcm5721Machine();
        var window = new Counting(machine, excessive, late);
        RingOS.Drivers.Bcm5721.Bcm5721Controller driver = machine.NewDriver(InterruptMode.Frame, window);
        driver.Start();
        for (ushort packet = 0; packet < 10; packet++)
            driver.ProvideTransmit(new(packet), 60, TransmitOptions.None);
        machine.Port.Finish();
        driver.OnInterrupt();
        machine.FinishAll();
        driver.OnInterrupt();
        Assert.Equal(10, machine.Transmitted.Count);
        Assert.DoesNotContain(TransmitOutcome.Sent, machine.Outcomes);
    }

    private static TransmitOutcome Expected(TransmitEnd end) => end switch
    {
        TransmitEnd.ExcessiveCollisions => TransmitOutcome.ExcessiveCollisions,
        TransmitEnd.LateCollision => TransmitOutcome.LateCollision,
        _ => TransmitOutcome.Sent,
    };

    private sealed class EndWhileAsking(Bcm5721Machine machine, uint register) : RingOS.Hardware.MmioRegion
    {
        public TransmitResult? Next { get; set; }

        public override uint Read(uint offset)
        {
            if (offset == register && Next is TransmitResult result)
            {
                Next = null;
                machine.Port.Finish(result);
            }
            return machine.Read(offset);
        }

        public override void Write(uint offset, uint value) => machine.Write(offset, value);
    }

    private sealed class Counting(Bcm5721Machine machine, uint excessive, uint late) : RingOS.Hardware.MmioRegion
    {
        public override uint Read(uint offset) => offset switch
        {
            0x82C => excessive,
            0x830 => late,
            _ => machine.Read(offset),
        };

        public override void Write(uint offset, uint value) => machine.Write(offset, value);
    }
}
