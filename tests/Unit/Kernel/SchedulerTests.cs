// Who runs next, and when a timer is needed. Subject: kernel/threads/Scheduler.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class SchedulerTests
{
    [Fact]
    public void ServicesRunBeforeProgramsEachInOrderOfArrival()
    {
        using Machine machine = new();
        machine.Spawn(() => machine.Trace.Add("program 1"));
        machine.SpawnService(() => machine.Trace.Add("service 1"));
        machine.Spawn(() => machine.Trace.Add("program 2"));
        machine.SpawnService(() => machine.Trace.Add("service 2"));
        machine.Run();
        Assert.Equal(["service 1", "service 2", "program 1", "program 2"], machine.Trace);
    }

    [Fact]
    public void ProgramsThatNeverBlockTakeTurns()
    {
        using Machine machine = new();
        foreach (string name in new[] { "a", "b", "c" })
        {
            machine.Spawn(() =>
            {
                for (int turn = 1; turn <= 3; turn++)
                {
                    machine.Trace.Add(name + turn);
                    machine.TimerInterrupt();
                }
            });
        }
        machine.Run();
        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"], machine.Trace);
    }

    [Fact]
    public void AQuantumIsTenMilliseconds()
    {
        using Machine machine = new();
        ulong start = machine.Now;
        List<ulong> turns = [];
        for (int i = 0; i < 2; i++)
        {
            machine.Spawn(() =>
            {
                turns.Add(machine.Now - start);
                machine.TimerInterrupt();
                turns.Add(machine.Now - start);
            });
        }
        machine.Run();
        Assert.Equal([0ul, Machine.Quantum, 2 * Machine.Quantum, 2 * Machine.Quantum], turns);
    }

    [Fact]
    public void OnlyWhoWasInterruptedKeepsItsSseRegisters()
    {
        using Machine machine = new();
        Thread? interrupted = null;
        Thread? inSyscall = null;
        interrupted = machine.Spawn(machine.TimerInterrupt);
        inSyscall = machine.Spawn(() =>
        {
            machine.SpawnService(() => machine.Trace.Add("service"));
            machine.LeaveKernel();
        });
        machine.Run();
        Assert.Contains(machine.Processor.Switches, change => change.From == interrupted && change.KeptXmm);
        Assert.Contains(machine.Processor.Switches, change => change.From == inSyscall && change.To.IsService);
        Assert.DoesNotContain(machine.Processor.Switches, change => change.From == inSyscall && change.KeptXmm);
    }

    [Fact]
    public void AServiceThatBecomesReadyRunsBeforeTheProgramGoesOn()
    {
        using Machine machine = new();
        machine.Spawn(() =>
        {
            machine.SpawnService(() => machine.Trace.Add("service"));
            machine.Trace.Add("still in the kernel");
            Assert.True(machine.Scheduler.ShouldReschedule);
            machine.LeaveKernel();
            machine.Trace.Add("program");
        });
        machine.Run();
        Assert.Equal(["still in the kernel", "service", "program"], machine.Trace);
    }

    [Fact]
    public void AServiceIsNotPreemptedByAProgram()
    {
        using Machine machine = new();
        machine.SpawnService(() =>
        {
            machine.Spawn(() => machine.Trace.Add("program"));
            machine.TimerInterrupt();
            machine.Trace.Add("service");
        });
        machine.Run();
        Assert.Equal(["service", "program"], machine.Trace);
    }

    [Fact]
    public void SleepersWakeInOrderOfTheirDeadlines()
    {
        using Machine machine = new();
        ulong start = machine.Now;
        foreach (ulong ticks in new ulong[] { 700, 100, 500, 300 })
        {
            machine.Spawn(() =>
            {
                Assert.Equal(Status.TimedOut, machine.Sleep(ticks));
                machine.Trace.Add($"{ticks} at {machine.Now - start}");
            });
        }
        machine.Run();
        Assert.Equal(["100 at 100", "300 at 300", "500 at 500", "700 at 700"], machine.Trace);
    }

    [Fact]
    public void WhoIsWokenEarlyDoesNotTimeOutLater()
    {
        using Machine machine = new();
        ThreadQueue queue = new();
        machine.Spawn(() =>
        {
            Assert.Equal(Status.Ok, machine.Scheduler.BlockIn(queue, machine.Now + 50_000_000));
            ulong start = machine.Now;
            Assert.Equal(Status.TimedOut, machine.Sleep(100_000_000));
            machine.Trace.Add($"slept {machine.Now - start}");
        });
        machine.Spawn(() => machine.Scheduler.Wake(queue.First!, Status.Ok));
        machine.Run();
        Assert.Equal(["slept 100000000"], machine.Trace);
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void TheTimerIsArmedForTheEarliestDeadline()
    {
        using Machine machine = new();
        ulong start = machine.Now;
        foreach (ulong ticks in new ulong[] { 9_000, 4_000, 6_000 })
            machine.SpawnService(() => machine.Sleep(ticks));
        machine.RunFor(1_000);
        Assert.Equal(start + 4_000, machine.Processor.TimerAt);
        machine.RunFor(3_500);
        Assert.Equal(start + 6_000, machine.Processor.TimerAt);
        machine.Run();
        Assert.Null(machine.Processor.TimerAt);
    }

    [Fact]
    public void ATimerThatComesEarlyWakesNobodyAndIsAskedForAgain()
    {
        using Machine machine = new();
        ulong start = machine.Now;
        machine.SpawnService(() => machine.Trace.Add(machine.Sleep(9_000) + " " + (machine.Now - start)));
        machine.RunFor(10);
        machine.Scheduler.OnTimer(); // as after a count that the timer could not hold
        Assert.Empty(machine.Trace);
        Assert.Equal(start + 9_000, machine.Processor.TimerAt);
        machine.Run();
        Assert.Equal(["TimedOut 9000"], machine.Trace);
    }

    [Fact]
    public void WithoutDeadlinesThereIsNoTimer()
    {
        using Machine machine = new();
        ThreadQueue queue = new();
        machine.SpawnService(() => machine.Scheduler.BlockIn(queue, Machine.Never));
        machine.SpawnService(() => machine.Scheduler.Wake(queue.First!, Status.Ok));
        machine.Run();
        Assert.Null(machine.Processor.TimerAt);
        Assert.Equal(1_000_000ul, machine.Now);
    }

    [Fact]
    public void AProgramAloneIsNotInterrupted()
    {
        using Machine machine = new();
        machine.Spawn(() =>
        {
            machine.TimerInterrupt(); // the one asked for when it became ready
            machine.Trace.Add(machine.Processor.TimerAt is null ? "no timer" : "timer");
        });
        machine.Run();
        Assert.Equal(["no timer"], machine.Trace);
    }

    [Fact]
    public void IdleTimeIsCounted()
    {
        using Machine machine = new();
        machine.SpawnService(() =>
        {
            machine.Sleep(5_000);
            machine.Processor.Time += 300; // busy
            machine.Sleep(7_000);
        });
        machine.Run();
        Assert.Equal(12_000ul, machine.Scheduler.IdleTicks);
        machine.Processor.Time += 40;
        machine.Scheduler.EndHalt(); // an interrupt that ended no halt
        Assert.Equal(12_000ul, machine.Scheduler.IdleTicks);
    }

    [Fact]
    public void BlockingWithNobodyReadyGoesIdleAndComesBack()
    {
        using Machine machine = new();
        machine.RunFor(100);
        Assert.Equal([machine.Idle, machine.Boot], machine.Processor.Switches.Select(change => change.To));
        Assert.Same(machine.Boot, machine.Scheduler.Current);
        Assert.Equal(ThreadState.Running, machine.Boot.State);
    }

    [Fact]
    public void SwitchesAreCounted()
    {
        using Machine machine = new();
        machine.SpawnService(() => { });
        machine.Run();
        Assert.Equal((ulong)machine.Processor.Switches.Count, machine.Counters.ThreadSwitches);
        Assert.Equal(machine.Counters.ThreadSwitches, machine.Counters.Read(KernelCounter.ThreadSwitches));
    }

    [Fact]
    public void SlotsOfEndedThreadsAreUsedAgain()
    {
        using Machine machine = new(threads: 3);
        List<int> slots = [];
        for (int round = 0; round < 5; round++)
        {
            machine.SpawnService(() => slots.Add(machine.Scheduler.Current.Slot));
            machine.SpawnService(() => slots.Add(machine.Scheduler.Current.Slot));
            Assert.Null(machine.Threads.Take());
            machine.Run();
        }
        Assert.Equal(10, slots.Count);
        Assert.All(slots, slot => Assert.InRange(slot, 1, 2));
    }

    [Fact]
    public void AfterIsExactToAMillionth()
        => Gen.Select(Gen.ULong[1_000_000, 5_000_000_000], Gen.ULong[0, 1ul << 50]).Sample(
            (rate, nanoseconds) =>
            {
                using Machine machine = new(threads: 1);
                machine.Processor.Rate = rate;
                double exact = (double)nanoseconds * rate / 1e9;
                double got = machine.Scheduler.After(nanoseconds) - machine.Now;
                Assert.InRange(got, (exact * 0.999) - 2, exact + 2);
            },
            iter: 200, threads: 1);
}
