// Call, receive, reply: what arrives, in which order, and by how many switches. Subject: kernel/ipc/Endpoint.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class EndpointTests
{
    [Fact]
    public void WordsAndBadgeArriveAndSoDoesTheAnswer()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.SpawnService(() =>
        {
            Thread server = machine.Scheduler.Current;
            Assert.Equal(Status.Ok, endpoint.Receive(server));
            Assert.Equal([1ul, 2, 3, 4], Machine.WordsOf(server));
            Assert.Equal(77ul, server.Registers.Rdi);
            Machine.SetWords(server, 5, 6, 7, 8);
            endpoint.ReplyReceive(server);
        });
        machine.Spawn(() =>
        {
            Thread caller = machine.Scheduler.Current;
            Machine.SetWords(caller, 1, 2, 3, 4);
            Assert.Equal(Status.Ok, endpoint.Call(caller, badge: 77, Watchdog.KernelPatience));
            Assert.Equal([5ul, 6, 7, 8], Machine.WordsOf(caller));
            machine.Trace.Add("answered");
        });
        machine.Run();
        Assert.Equal(["answered"], machine.Trace);
        Assert.Equal(2ul, machine.Counters.Messages);
    }

    [Fact]
    public void QueuedCallersAreServedInOrderOfArrivalWithTheirOwnBadges()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        for (ulong number = 1; number <= 4; number++)
        {
            ulong word = number;
            machine.Spawn(() =>
            {
                Assert.Equal(Status.Ok, machine.Call(endpoint, word, badge: 10 * word));
                Assert.Equal(word + 100, machine.Scheduler.Current.Registers.Rsi);
            });
        }
        machine.RunFor(1);
        machine.SpawnService(() => machine.Serve(
            endpoint, server => machine.Trace.Add($"{server.Registers.Rsi} with badge {server.Registers.Rdi}")));
        machine.Run();
        Assert.Equal(["1 with badge 10", "2 with badge 20", "3 with badge 30", "4 with badge 40"], machine.Trace);
    }

    [Fact]
    public void ACallToAWaitingServerAndItsAnswerAreTwoSwitches()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        Thread server = machine.SpawnService(() => machine.Serve(endpoint));
        machine.RunFor(1);
        Thread caller = machine.Spawn(() =>
        {
            for (int i = 0; i < 3; i++)
            {
                int before = machine.Processor.Switches.Count;
                Assert.Equal(Status.Ok, machine.Call(endpoint, 1));
                IEnumerable<Thread> order = machine.Processor.Switches.Skip(before).Select(change => change.To);
                Assert.Equal([server, machine.Scheduler.Current], order);
            }
            machine.Trace.Add("done");
        });
        machine.Run();
        Assert.Equal(["done"], machine.Trace);
        Assert.DoesNotContain(machine.Processor.Switches, change => change.From == caller && change.KeptXmm);
    }

    [Fact]
    public void WithAnotherCallerQueuedTheServerGoesOnFirst()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        for (ulong number = 1; number <= 2; number++)
        {
            ulong word = number;
            machine.Spawn(() =>
            {
                machine.Call(endpoint, word);
                machine.Trace.Add($"answer {word}");
            });
        }
        machine.RunFor(1);
        machine.SpawnService(() => machine.Serve(endpoint, server => machine.Trace.Add($"serve {server.Registers.Rsi}")));
        machine.Run();
        Assert.Equal("serve 2", machine.Trace[1]);
        Assert.Equal(["answer 1", "answer 2", "serve 1", "serve 2"], machine.Trace.Order());
    }

    [Fact]
    public void AnotherReadyServiceRunsBeforeTheCallerThatWasAnswered()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.SpawnService(() => machine.Serve(
            endpoint, _ => machine.SpawnService(() => machine.Trace.Add("service"))));
        machine.RunFor(1);
        machine.Spawn(() =>
        {
            machine.Call(endpoint, 1);
            machine.Trace.Add("answer");
        });
        machine.Run();
        Assert.Equal(["service", "answer"], machine.Trace);
    }

    [Fact]
    public void AServerMayCallAnotherBeforeItAnswers()
    {
        using Machine machine = new();
        Endpoint upper = machine.NewEndpoint();
        Endpoint lower = machine.NewEndpoint();
        machine.SpawnService(() => machine.Serve(lower));
        machine.SpawnService(() => machine.Serve(upper, self => Assert.Equal(Status.Ok, machine.Call(lower, self.Registers.Rsi))));
        machine.Spawn(() =>
        {
            for (ulong word = 1; word <= 3; word++)
            {
                Assert.Equal(Status.Ok, machine.Call(upper, word));
                Assert.Equal(word + 200, machine.Scheduler.Current.Registers.Rsi);
            }
            machine.Trace.Add("done");
        });
        machine.Run();
        Assert.Equal(["done"], machine.Trace);
        Assert.Equal(12ul, machine.Counters.Messages);
    }

    [Fact]
    public void AReplyWithNobodyToAnswerIsAReceive()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.SpawnService(() =>
        {
            Assert.Equal(Status.Ok, endpoint.ReplyReceive(machine.Scheduler.Current));
            machine.Trace.Add($"received {machine.Scheduler.Current.Registers.Rsi}");
        });
        machine.Spawn(() => machine.Call(endpoint, 9));
        machine.Run();
        Assert.Equal(["received 9"], machine.Trace);
    }

    [Fact]
    public void ACallerIsAnsweredOnce()
    {
        using Machine machine = new();
        Endpoint first = machine.NewEndpoint();
        Endpoint second = machine.NewEndpoint();
        Notification wake = machine.NewNotification();
        first.Bound = wake;
        wake.Endpoint = first;
        machine.SpawnService(() => machine.Serve(first)); // answers a signal as it answers a call: with nobody waiting for that
        machine.SpawnService(() =>
        {
            Assert.Equal(Status.Ok, second.Receive(machine.Scheduler.Current));
            machine.Sleep(1_000);
            Machine.SetWords(machine.Scheduler.Current, 42);
            second.ReplyReceive(machine.Scheduler.Current);
        });
        machine.Spawn(() =>
        {
            machine.Call(first, 1);
            machine.Call(second, 2);
            machine.Trace.Add($"{machine.Scheduler.Current.Registers.Rsi}");
        });
        machine.RunFor(10);
        wake.Signal(1);
        machine.RunFor(10);
        Assert.Empty(machine.Trace);
        machine.Run();
        Assert.Equal(["42"], machine.Trace);
    }

    [Fact]
    public void EveryCallIsAnsweredWhateverTheOrder()
        => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]).Array[1, 12].Array[1, 5].Sample(
            clients =>
            {
                using Machine machine = new(threads: 10);
                Endpoint[] endpoints = [machine.NewEndpoint(), machine.NewEndpoint(), machine.NewEndpoint()];
                machine.SpawnService(() => machine.Serve(endpoints[0]));
                machine.SpawnService(() => machine.Serve(endpoints[1], _ => machine.Sleep(50)));
                machine.SpawnService(() => machine.Serve(endpoints[2], self => machine.Call(endpoints[0], self.Registers.Rsi)));
                int done = 0;
                foreach ((int Pause, int Endpoint)[] steps in clients)
                {
                    machine.Spawn(() =>
                    {
                        foreach ((int pause, int which) in steps)
                        {
                            Pause(machine, pause);
                            Assert.Equal(Status.Ok, machine.Call(endpoints[which], 7));
                            Assert.Equal(which == 2 ? 207ul : 107, machine.Scheduler.Current.Registers.Rsi);
                            done++;
                        }
                    });
                }
                machine.Run();
                Assert.Equal(clients.Sum(steps => steps.Length), done);
            },
            iter: 40, threads: 1);

    private static void Pause(Machine machine, int kind)
    {
        if (kind == 1)
            machine.Sleep(30);
        else if (kind == 2)
            machine.TimerInterrupt();
        else if (kind == 3)
            machine.LeaveKernel();
    }
}
