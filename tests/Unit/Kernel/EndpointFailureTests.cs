// Silent servers and dead ones: nobody waits for ever, and nobody else suffers. Subjects: kernel/ipc/Endpoint.cs,
// kernel/threads/Watchdog.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class EndpointFailureTests
{
    private const ulong Period = 1_000_000_000; // of the watchdog
    private const ulong LongestCall = Watchdog.KernelPatience * Period;

    [Fact]
    public void ACallThatNobodyReceivesTimesOut()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.Spawn(() => machine.Trace.Add($"{machine.Call(endpoint, 1)}"));
        machine.Run();
        Assert.Equal(["TimedOut"], machine.Trace);
    }

    [Fact]
    public void ACallWhoseServerIsSilentTimesOut()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.SpawnService(() =>
        {
            endpoint.Receive(machine.Scheduler.Current);
            machine.Scheduler.BlockIn(new ThreadQueue(), Machine.Never);
        });
        machine.Spawn(() => machine.Trace.Add($"{machine.Call(endpoint, 1)}"));
        machine.Run();
        Assert.Equal(["TimedOut"], machine.Trace);
    }

    [Fact]
    public void PatienceIsMeasuredInPeriodsOfTheWatchdog()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        List<ulong> waited = [];
        (ulong Patience, ulong Pause)[] calls =
            [(Watchdog.KernelPatience, 0ul), (Watchdog.ServicePatience, 0ul), (Watchdog.ServicePatience, 70ul)];
        foreach ((ulong patience, ulong pause) in calls)
        {
            machine.SpawnService(() =>
            {
                if (pause != 0)
                    machine.Sleep(pause); // so that it begins inside a period
                ulong start = machine.Now;
                Assert.Equal(Status.TimedOut, machine.Call(endpoint, 1, patience: patience));
                waited.Add(machine.Now - start);
            });
        }
        machine.Run();
        Assert.Equal([(Watchdog.ServicePatience * Period) - 70, Watchdog.ServicePatience * Period, LongestCall], waited.Order());
    }

    [Fact]
    public void AServiceGivesUpBeforeTheKernelGivesItUp()
    {
        using Machine machine = new();
        Endpoint upper = machine.NewEndpoint();
        Endpoint lower = machine.NewEndpoint();
        machine.SpawnService(() => machine.Serve(
            upper, self => self.Registers.Rsi = (ulong)machine.Call(lower, 1, patience: Watchdog.ServicePatience)));
        machine.Spawn(() =>
        {
            Assert.Equal(Status.Ok, machine.Call(upper, 1));
            machine.Trace.Add($"{(Status)(machine.Scheduler.Current.Registers.Rsi - 100)}");
        });
        machine.Run();
        Assert.Equal(["TimedOut"], machine.Trace);
    }

    [Fact]
    public void TheLateAnswerIsDroppedAndTheServerGoesOn()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        bool isFirst = true;
        machine.SpawnService(() => machine.Serve(endpoint, _ =>
        {
            if (isFirst)
                machine.Sleep(2 * LongestCall);
            isFirst = false;
        }));
        machine.Spawn(() =>
        {
            machine.Trace.Add($"{machine.Call(endpoint, 1)} {machine.Scheduler.Current.Registers.Rsi}");
            Assert.Equal(Status.TimedOut, machine.Sleep(4 * LongestCall));
            Assert.Equal(1ul, machine.Scheduler.Current.Registers.Rsi); // nobody wrote an answer there
            machine.Trace.Add($"{machine.Call(endpoint, 2)} {machine.Scheduler.Current.Registers.Rsi}");
        });
        machine.Run();
        Assert.Equal(["TimedOut 1", "Ok 102"], machine.Trace);
    }

    [Fact]
    public void TheLateAnswerIsNotTakenForThatOfTheNextCall()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        bool isFirst = true;
        machine.SpawnService(() => machine.Serve(endpoint, _ =>
        {
            if (isFirst)
                machine.Sleep(LongestCall + 10);
            isFirst = false;
        }));
        machine.Spawn(() =>
        {
            Assert.Equal(Status.TimedOut, machine.Call(endpoint, 1));
            Assert.Equal(Status.Ok, machine.Call(endpoint, 2)); // queued before the server answers the first
            machine.Trace.Add($"{machine.Scheduler.Current.Registers.Rsi}");
        });
        machine.Run();
        Assert.Equal(["102"], machine.Trace);
    }

    [Fact]
    public void WhoTimedOutInTheQueueIsNotServed()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.Spawn(() => Assert.Equal(Status.TimedOut, machine.Call(endpoint, 1, patience: Watchdog.ServicePatience)));
        machine.Spawn(() => Assert.Equal(Status.Ok, machine.Call(endpoint, 2)));
        machine.SpawnService(() =>
        {
            machine.Sleep((Watchdog.ServicePatience * Period) + (Period / 2));
            machine.Serve(endpoint, self => machine.Trace.Add($"{self.Registers.Rsi}"));
        });
        machine.Run();
        Assert.Equal(["2"], machine.Trace);
    }

    [Fact]
    public void AnAnsweredCallDoesNotTimeOutLater()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.SpawnService(() => machine.Serve(endpoint));
        machine.Spawn(() =>
        {
            machine.Call(endpoint, 1);
            ulong start = machine.Now;
            Assert.Equal(Status.TimedOut, machine.Sleep(3 * LongestCall));
            Assert.Equal(3 * LongestCall, machine.Now - start);
            machine.Trace.Add("done");
        });
        machine.Run();
        Assert.Equal(["done"], machine.Trace);
    }

    [Fact]
    public void AMachineThatStoodStillIsOnePeriodOlder()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.SpawnService(() => machine.Serve(endpoint, _ =>
        {
            machine.Processor.Time += 20 * LongestCall; // as when its host was suspended
            machine.Sleep(Period / 2);
        }));
        machine.Spawn(() => machine.Trace.Add($"{machine.Call(endpoint, 1)}"));
        machine.Run();
        Assert.Equal(["Ok"], machine.Trace);
    }

    [Fact]
    public void WithoutCallsTheWatchdogSleeps()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.SpawnService(() => machine.Serve(endpoint));
        machine.SpawnService(() => machine.Call(endpoint, 1));
        ulong start = machine.Now;
        machine.Run(); // ends only when no timer is armed
        Assert.InRange(machine.Now - start, 0ul, Period);
    }

    [Fact]
    public void ShuttingWakesQueuedAndServedCallersAndRefusesLaterOnes()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        Thread server = machine.SpawnService(() =>
        {
            Thread self = machine.Scheduler.Current;
            endpoint.Receive(self);
            machine.Sleep(1_000);
            endpoint.Shut(machine.Threads, self); // as when its process ends
        });
        for (int i = 0; i < 3; i++)
            machine.Spawn(() => machine.Trace.Add($"{machine.Call(endpoint, 1)}"));
        machine.Run();
        Assert.Equal(["PeerGone", "PeerGone", "PeerGone"], machine.Trace);
        Assert.Equal(ThreadState.Dead, server.State);
        machine.Spawn(() => machine.Trace.Add($"later {machine.Call(endpoint, 1)} {endpoint.Receive(machine.Scheduler.Current)}"));
        machine.Run();
        Assert.Equal("later PeerGone PeerGone", machine.Trace[3]);
    }

    [Fact]
    public void ShuttingOneServerLeavesTheOthersCallersAlone()
    {
        using Machine machine = new();
        Endpoint dying = machine.NewEndpoint();
        Endpoint healthy = machine.NewEndpoint();
        machine.SpawnService(() => machine.Serve(healthy, _ => machine.Sleep(5_000)));
        machine.SpawnService(() =>
        {
            dying.Receive(machine.Scheduler.Current);
            machine.Sleep(1_000);
            dying.Shut(machine.Threads, machine.Scheduler.Current);
        });
        machine.Spawn(() => machine.Trace.Add($"dying {machine.Call(dying, 1)}"));
        machine.Spawn(() => machine.Trace.Add($"healthy {machine.Call(healthy, 1)}"));
        machine.Run();
        Assert.Equal(["dying PeerGone", "healthy Ok"], machine.Trace);
    }

    [Fact]
    public void ADeadLowerServerIsReportedThroughTheUpperOne()
    {
        using Machine machine = new();
        Endpoint upper = machine.NewEndpoint();
        Endpoint lower = machine.NewEndpoint();
        machine.SpawnService(() =>
        {
            lower.Receive(machine.Scheduler.Current);
            lower.Shut(machine.Threads, machine.Scheduler.Current);
        });
        machine.SpawnService(() => machine.Serve(upper, self => self.Registers.Rsi = (ulong)machine.Call(lower, self.Registers.Rsi)));
        machine.Spawn(() =>
        {
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(Status.Ok, machine.Call(upper, 1));
                machine.Trace.Add($"{(Status)(machine.Scheduler.Current.Registers.Rsi - 100)}");
            }
        });
        machine.Run();
        Assert.Equal(["PeerGone", "PeerGone"], machine.Trace);
    }

    [Fact]
    public void ASlotThatIsUsedAgainDoesNotInheritTheCallersOfTheDead()
    {
        using Machine machine = new(threads: 4);
        Endpoint first = machine.NewEndpoint();
        Endpoint second = machine.NewEndpoint();
        Thread dead = machine.SpawnService(() =>
        {
            first.Receive(machine.Scheduler.Current);
            first.Shut(machine.Threads, machine.Scheduler.Current);
        });
        machine.Spawn(() => machine.Trace.Add($"{machine.Call(first, 1)}"));
        machine.Run();
        Thread heir = machine.SpawnService(() => machine.Serve(second));
        Assert.Same(dead, heir);
        machine.Spawn(() => machine.Trace.Add($"{machine.Call(second, 5)} {machine.Scheduler.Current.Registers.Rsi}"));
        machine.Run();
        Assert.Equal(["PeerGone", "Ok 105"], machine.Trace);
    }
}
