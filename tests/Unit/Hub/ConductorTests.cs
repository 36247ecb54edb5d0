// Guests and medium on one clock, without machines. Subject: tools/RingOS.Hub/Conductor.cs. Next: FrameJournalTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CsCheck;
using RingOS.Ethernet;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

/// <summary>That nobody is touched while it runs, and that no time passes while anybody does, is checked by the fakes themselves.</summary>
public sealed class ConductorTests
{
    private const ulong Tick = 200_000; // nanoseconds

    [Fact]
    public void TheNicComesBeforeTheTimerAndOneInterruptAtATime()
    {
        using ConductorBench bench = new(1);
        bench.Stations[0].WakeAt = ConductorBench.Beginning + 500;
        bench.Stations[0].WhenAdvanced = _ => bench.Stations[0].HasInterrupt = true;
        bench.Stations[0].WhenRun = byNic => byNic ? StationState.Idle : StationState.Gone;
        bench.Run();
        Assert.Equal(["0 nic 500", "0 timer 500"], bench.Log);
        Assert.Null(bench.Conductor.Trouble);
    }

    [Fact]
    public void TimeGoesToTheNextWakeAndNoFurther()
    {
        using ConductorBench bench = new(2);
        bench.Stations[0].WakeAt = ConductorBench.Beginning + 300;
        bench.Stations[1].WakeAt = ConductorBench.Beginning + 100;
        bench.Stations[1].NicWakesAt = ConductorBench.Beginning + 200;
        bench.Stations[1].WhenAdvanced = now => bench.Stations[1].HasInterrupt = now >= bench.Stations[1].NicWakesAt && !bench.Stations[1].IsGone;
        bench.Stations[1].WhenRun = byNic => byNic ? StationState.Gone : StationState.Idle;
        bench.Stations[0].WhenRun = static _ => StationState.Gone;
        bench.Run();
        Assert.Equal(["1 timer 100", "1 nic 200", "0 timer 300"], bench.Log);
    }

    [Fact]
    public void FramesAreTakenInTheOrderOfStations()
    {
        for (int order = 0; order < 10; order++)
        {
            using ConductorBench bench = Senders(4, order, frames: 1);
            bench.Run();
            Assert.Equal([0, 1, 2, 3], bench.Journal.Frames.OrderBy(static frame => frame.Id).Take(4).Select(static frame => frame.Station));
        }
    }

    [Fact]
    public void WhateverTheOrderInWhichGuestsStopTheWireCarriesTheSame()
        => Gen.Select(Gen.Int[2, 5], Gen.Int, Gen.Int, Gen.ULong[0, 100]).Sample((count, one, other, seed) =>
        {
            using ConductorBench first = Senders(count, one, frames: 6, seed);
            using ConductorBench second = Senders(count, other, frames: 6, seed);
            first.Run();
            second.Run();
            Assert.Equal(first.Hash, second.Hash);
            Assert.Equal(first.Log, second.Log);
            Assert.Equal(6 * count, first.Journal.Frames.Count);
        }, iter: 50, threads: 1);

    [Fact]
    public void TheOrderInWhichGuestsStopDoesDiffer()
    {
        using ConductorBench first = Senders(4, order: 1, frames: 6);
        using ConductorBench second = Senders(4, order: 2, frames: 6);
        first.Run();
        second.Run();
        Assert.NotEqual(first.Stops, second.Stops);
    }

    [Fact]
    public void ABackoffSeedReachesTheMedium()
    {
        using ConductorBench plain = Senders(3, order: 0, frames: 6);
        using ConductorBench seeded = Senders(3, order: 0, frames: 6);
        seeded.Stations[1].Seed = 99;
        plain.Run();
        seeded.Run();
        Assert.NotEqual(plain.Hash, seeded.Hash);
    }

    [Fact]
    public void AGuestThatNeverStopsIsGivenUpAndTheOthersGoOn()
    {
        using ConductorBench bench = new(3, patience: TimeSpan.FromMilliseconds(100));
        for (int number = 0; number < 3; number++)
            bench.Stations[number].WakeAt = ConductorBench.Beginning + Tick;
        int rounds = 0;
        bench.Stations[0].WhenRun = _ => Again(bench.Stations[0], ++rounds < 5);
        bench.Stations[1].WhenRun = static _ => StationState.Runs;
        bench.Stations[2].WhenRun = static _ => StationState.Gone;
        bench.Run();
        Assert.Equal([false, true, false], bench.Stations.Select(static station => station.WasGivenUp));
        Assert.Equal(5, rounds);
        Assert.Null(bench.Conductor.Trouble);
    }

    [Fact]
    public void AGuestThatNeverLetsTimePassIsGivenUpAndTheOthersGoOn()
    {
        using ConductorBench bench = new(2);
        bench.Stations[0].WakeAt = 0;
        bench.Stations[0].WhenRun = _ =>
        {
            bench.Stations[0].WakeAt = 0;
            return StationState.Idle;
        };
        bench.Stations[1].WakeAt = ConductorBench.Beginning + Tick;
        bench.Stations[1].WhenRun = static _ => StationState.Gone;
        bench.Run();
        Assert.True(bench.Stations[0].WasGivenUp);
        Assert.False(bench.Stations[1].WasGivenUp);
        Assert.Equal("1 timer 200000", bench.Log[^1]);
    }

    [Fact]
    public void AGuestThatWorksOftenIsNotGivenUp()
    {
        using ConductorBench bench = new(1);
        int rounds = 0;
        bench.Stations[0].WakeAt = ConductorBench.Beginning;
        bench.Stations[0].WhenRun = _ =>
        {
            bench.Stations[0].WakeAt = ConductorBench.Beginning + (ulong)(rounds++ / 5_000);
            return rounds < 30_000 ? StationState.Idle : StationState.Gone;
        };
        bench.Run();
        Assert.False(bench.Stations[0].WasGivenUp);
    }

    [Theory]
    [InlineData(ulong.MaxValue - 1)]
    [InlineData(1ul << 63)]
    [InlineData((1ul << 62) + 1)]
    public void WhoAsksForATimeBeyondReasonAsksForNever(ulong wakeAt)
    {
        using ConductorBench bench = new(2);
        bench.Stations[0].WakeAt = wakeAt;
        bench.Stations[1].WakeAt = ConductorBench.Beginning + Tick;
        bench.Stations[1].WhenRun = static _ => StationState.Gone;
        bench.Run();
        Assert.Equal(["1 timer 200000"], bench.Log);
        Assert.NotNull(bench.Conductor.Trouble);
    }

    [Fact]
    public void WhenAllWaitForEverTheRunEndsAndSaysSo()
    {
        using ConductorBench bench = new(2);
        bench.Run();
        Assert.Equal("all guests wait for something that will never happen", bench.Conductor.Trouble);
    }

    [Fact]
    public void AGuestThatIsGoneStaysGone()
    {
        using ConductorBench bench = new(2);
        bench.Stations[0].WakeAt = ConductorBench.Beginning + 100;
        bench.Stations[0].WhenRun = static _ => StationState.Gone;
        bench.Stations[1].WakeAt = ConductorBench.Beginning + 200;
        bench.Stations[1].WhenRun = _ =>
        {
            bench.Stations[0].Stop(StationState.Idle); // late news
            return StationState.Gone;
        };
        bench.Run();
        Assert.Equal(["0 timer 100", "1 timer 200"], bench.Log);
    }

    /// <summary>Nobody waits for it any more, and it is not taken for one that waits for ever.</summary>
    [Fact]
    public void AGuestThatDiesWhileItStandsStillIsGone()
    {
        using ConductorBench bench = new(2);
        bench.Stations[1].WakeAt = ConductorBench.Beginning + 100;
        bench.Stations[1].WhenRun = _ =>
        {
            bench.Stations[0].Stop(StationState.Gone);
            return StationState.Gone;
        };
        bench.Run();
        Assert.Null(bench.Conductor.Trouble);
    }

    [Fact]
    public void WhatGoesWrongInTheMediumOrADeviceEndsTheRun()
    {
        using ConductorBench device = Senders(2, order: 0, frames: 1);
        device.Stations[1].WhenAdvanced = static _ => throw new InvalidOperationException("a bug in a device");
        Assert.Throws<InvalidOperationException>(() => device.Run());
        using ConductorBench medium = Senders(2, order: 0, frames: 1);
        medium.Stations[0].Frame = new byte[13];
        Assert.Throws<ArgumentException>(() => medium.Run());
    }

    [Fact]
    public void CancellationEndsTheRunWhileAGuestComputes()
    {
        using ConductorBench bench = new(1);
        using CancellationTokenSource cancelled = new();
        bench.Stations[0].WakeAt = ConductorBench.Beginning;
        bench.Stations[0].WhenRun = _ =>
        {
            cancelled.Cancel();
            return StationState.Runs;
        };
        Assert.ThrowsAny<OperationCanceledException>(() => bench.Run(cancelled.Token));
    }

    [Fact]
    public void OnlyTheMediumItselfMayOfferAtOnce()
    {
        using ConductorBench bench = Senders(2, order: 0, frames: 1);
        List<bool> seen = [bench.Conductor.IsMediumRunning];
        bench.WhenSent = _ =>
        {
            seen.Add(bench.Conductor.IsMediumRunning);
            ConductorBench.OnAnotherThread(() => seen.Add(bench.Conductor.IsMediumRunning));
        };
        bench.Run();
        Assert.Equal([false, true, false, true, false, false], [.. seen, bench.Conductor.IsMediumRunning]);
    }

    [Fact]
    public void ThereMustBeAsManyGuestsAsStations()
        => Assert.Throws<ArgumentException>(() => new Conductor([], Medium.Create(MediumOptions.OfStations(1), new MediumTrace()), TimeSpan.FromSeconds(1)));

    // Everybody sends to the next at each tick unless its NIC is busy, looks at what comes in, and ends.
    private static ConductorBench Senders(int count, int order, int frames, ulong seed = 1)
    {
        ConductorBench bench = new(count, order, seed: seed);
        foreach (FakeStation station in bench.Stations)
        {
            int left = frames;
            ulong next = ConductorBench.Beginning + Tick;
            station.WakeAt = next;
            station.WhenRun = byNic =>
            {
                if (byNic)
                    return StationState.Idle;
                if (left == 0 && !station.IsNicBusy)
                    return StationState.Gone;
                if (left > 0 && !station.IsNicBusy)
                    station.Frame = ConductorBench.FrameOf(station.Number, (station.Number + 1) % count, left--);
                station.WakeAt = next += Tick;
                return StationState.Idle;
            };
        }
        return bench;
    }

    private static StationState Again(FakeStation station, bool isAgain)
    {
        station.WakeAt = station.Time + Tick;
        return isAgain ? StationState.Idle : StationState.Gone;
    }
}
