// Nobody starves: who pays for which time, whose turn it is, and what services may use. Subjects: kernel/threads/ProcessorTime.cs, Scheduler.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class ProcessorTimeTests : IDisposable, IBudgetObserver
{
    private const ulong Millisecond = 1_000_000;
    private const ulong Length = 2_000 * Millisecond;

    private readonly Machine _machine = new();
    private readonly ulong _end;
    private int _told;

    public ProcessorTimeTests() => _end = _machine.Now + Length;

    public void Dispose() => _machine.Dispose();

    void IBudgetObserver.OnBudgetExhausted() => _told++;

    // The ways to be awake at every tick, or asleep just before it.
    public static TheoryData<string> Games => ["yield", "slack", "self", "compute"];

    [Theory]
    [MemberData(nameof(Games))]
    public void AProgramDoesNotStarveAnother(string game)
    {
        Thread hog = _machine.Spawn(() => Hog(game));
        Thread victim = _machine.Spawn(() => Hog("compute"));
        _machine.Run();
        Assert.InRange(victim.Ticks, Length * 40 / 100, Length * 60 / 100);
        Assert.InRange(hog.Ticks, Length * 40 / 100, Length * 60 / 100);
        Assert.Equal(0ul, _machine.Counters.Demotions);
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void AServiceDoesNotStarvePrograms(string game)
    {
        Thread hog = _machine.SpawnService(() => Hog(game));
        hog.BudgetObserver = this;
        Thread first = _machine.Spawn(() => Hog("compute"));
        Thread second = _machine.Spawn(() => Hog("yield"));
        _machine.Run();
        Assert.InRange(first.Ticks, Length * 10 / 100, Length * 50 / 100);
        Assert.InRange(second.Ticks, Length * 10 / 100, Length * 50 / 100);
        Assert.InRange(_machine.Counters.Demotions, 10ul, 20ul);
        Assert.Equal(0, _told); // two seconds are not its patience
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void AServiceThatHogsIsToldOfWithinItsPatience(string game)
    {
        _machine.Scheduler.Watchdog.SetPeriod(50);
        _machine.SpawnService(() => Hog(game)).BudgetObserver = this;
        _machine.Spawn(() => Hog("compute"));
        _machine.Run();
        Assert.InRange(_told, 3, 7);
    }

    // The window in which a service ends is not over with it, and whoever was told of it has another by then.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AServiceThatHasEndedIsNotToldOf(bool byItself)
    {
        _machine.Scheduler.Watchdog.SetPeriod(50);
        List<int> toldAfterwards = [];
        for (ulong milliseconds = 100; milliseconds < 600; milliseconds += 20)
        {
            ulong end = _machine.Now + (milliseconds * Millisecond);
            int told = 0;
            Thread hog = _machine.SpawnService(() => ComputeUntil(byItself ? end : ulong.MaxValue));
            hog.BudgetObserver = this;
            _machine.Spawn(() =>
            {
                ComputeUntil(end);
                _machine.Scheduler.End(hog);
                told = _told;
                _machine.Sleep(200 * Millisecond);
            });
            _machine.Run();
            toldAfterwards.Add(_told - told);
        }
        Assert.All(toldAfterwards, static times => Assert.Equal(0, times));
    }

    [Fact]
    public void TwoServicesThatPassTheProcessorToEachOtherDoNotStarvePrograms()
    {
        Notification first = _machine.NewNotification();
        Notification second = _machine.NewNotification();
        _machine.SpawnService(() => PassOn(first, second));
        _machine.SpawnService(() => PassOn(second, first));
        Thread victim = _machine.Spawn(() => Hog("compute"));
        first.Signal(1);
        _machine.Spawn(() =>
        {
            _machine.Sleep(Length - Millisecond);
            first.Signal(1);
            second.Signal(1);
        });
        _machine.Run();
        Assert.InRange(victim.Ticks, Length * 15 / 100, Length); // a fifth, but for when the timer comes
    }

    [Fact]
    public void AServerWorksOnItsCallersTime()
    {
        Endpoint endpoint = _machine.NewEndpoint();
        Thread server = _machine.SpawnService(() => _machine.Serve(endpoint, _ => _machine.Compute(9 * Millisecond)));
        server.BudgetObserver = this;
        Thread client = _machine.Spawn(() =>
        {
            while (_machine.Now < _end)
                Assert.Equal(Status.Ok, _machine.Call(endpoint, 1));
        });
        Thread victim = _machine.Spawn(() => Hog("compute"));
        _machine.Run();
        Assert.InRange(server.Ticks, 0ul, Millisecond);
        Assert.InRange(client.Ticks, Length * 40 / 100, Length * 60 / 100);
        Assert.InRange(victim.Ticks, Length * 40 / 100, Length * 60 / 100);
        Assert.Equal((0, 0ul), (_told, _machine.Counters.Demotions));
    }

    [Fact]
    public void WhoeverWaitsForABusyServerPaysForItsOwnCallOnly()
    {
        Endpoint endpoint = _machine.NewEndpoint();
        _machine.SpawnService(() => _machine.Serve(endpoint, self => _machine.Compute(self.Registers.Rsi * Millisecond)));
        Thread much = _machine.Spawn(() => Call(endpoint, 7, times: 50));
        Thread little = _machine.Spawn(() => Call(endpoint, 1, times: 50));
        _machine.Run();
        Assert.InRange(much.Ticks, 350 * Millisecond, 360 * Millisecond);
        Assert.InRange(little.Ticks, 50 * Millisecond, 60 * Millisecond);
    }

    [Fact]
    public void AProgramThatIsPreemptedKeepsItsPlaceAndItsQuantum()
    {
        List<ulong> turns = [];
        _machine.SpawnService(() =>
        {
            for (int i = 0; i < 5; i++)
                _machine.Sleep(3 * Millisecond);
        });
        _machine.Spawn(() =>
        {
            _machine.Compute(10 * Millisecond - 1);
            turns.Add(_machine.Now);
            _machine.Compute(1);
            turns.Add(_machine.Now);
        });
        _machine.Spawn(() => turns.Add(_machine.Now));
        ulong start = _machine.Now;
        _machine.Run();
        Assert.Equal([(10 * Millisecond) - 1, 10 * Millisecond, 10 * Millisecond], [turns[0] - start, turns[1] - start, turns[2] - start]);
    }

    [Fact]
    public void AServiceWithinItsBudgetPrecedesPrograms()
    {
        Thread service = _machine.SpawnService(() =>
        {
            while (_machine.Now < _end)
            {
                ulong wake = _machine.Now + (2 * Millisecond);
                _machine.Sleep(2 * Millisecond);
                Assert.InRange(_machine.Now, wake, wake + 1);
                _machine.Compute(Millisecond / 2);
            }
        });
        _machine.Spawn(() => Hog("compute"));
        _machine.Spawn(() => Hog("compute"));
        _machine.Run();
        Assert.InRange(service.Ticks, Length * 15 / 100, Length * 25 / 100);
        Assert.Equal(0ul, _machine.Counters.Demotions);
    }

    private void Call(Endpoint endpoint, ulong milliseconds, int times)
    {
        for (int i = 0; i < times; i++)
            Assert.Equal(Status.Ok, _machine.Call(endpoint, milliseconds));
    }

    private void PassOn(Notification own, Notification others)
    {
        while (_machine.Now < _end)
        {
            own.Wait(Machine.Never, out _);
            _machine.Compute(9 * Millisecond);
            others.Signal(1);
        }
    }

    private void ComputeUntil(ulong end)
    {
        while (_machine.Now < end)
            _machine.Compute(9 * Millisecond);
    }

    private void Hog(string game)
    {
        Notification own = _machine.NewNotification();
        while (_machine.Now < _end)
        {
            _machine.Compute(game == "slack" ? Machine.Quantum - 1000 : 9 * Millisecond);
            if (game == "yield")
                _machine.Sleep(0);
            if (game == "slack")
                _machine.Sleep(1000);
            if (game != "self")
                continue;
            own.Signal(1);
            own.Wait(Machine.Never, out _);
            _machine.LeaveKernel();
        }
    }
}
