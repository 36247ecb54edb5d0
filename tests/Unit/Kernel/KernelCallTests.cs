// The kernel as a client of a service: an answer, or PeerGone from then on. Subjects: kernel/ipc/KernelCall.cs, SignalTarget.cs
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Placement.Microkernel;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class KernelCallTests
{
    private const ulong LongestCall = Watchdog.KernelPatience * 1_000_000_000;

    private readonly Silences _silences = new();

    [Fact]
    public void FourWordsGoAndFourComeBack()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        KernelCall call = new(machine.Scheduler, endpoint, _silences);
        machine.SpawnService(() =>
        {
            Thread self = machine.Scheduler.Current;
            endpoint.Receive(self);
            Assert.Equal([1ul, 2, 3, 4], Machine.WordsOf(self));
            Machine.SetWords(self, (ulong)Status.NoBufferSpace, 11, 12, 13);
            endpoint.ReplyReceive(self);
        });
        machine.Spawn(() =>
        {
            Assert.Equal(Status.NoBufferSpace, call.Invoke(1, 2, 3, 4));
            Assert.Equal((11ul, 12ul, 13ul), (call.ReplyWord1, call.ReplyWord2, call.ReplyWord3));
            machine.Trace.Add("done");
        });
        machine.Run();
        Assert.Equal(["done"], machine.Trace);
        Assert.Equal(0, _silences.Count);
    }

    [Fact]
    public void ASilentServiceIsAskedOnceAndReportedOnce()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        KernelCall call = new(machine.Scheduler, endpoint, _silences);
        int received = 0;
        machine.SpawnService(() =>
        {
            for (; ; )
            {
                endpoint.Receive(machine.Scheduler.Current);
                received++;
                machine.Sleep(2 * LongestCall);
            }
        });
        machine.Spawn(() =>
        {
            ulong start = machine.Now;
            machine.Trace.Add($"{call.Invoke(1, 0, 0, 0)}");
            Assert.InRange(machine.Now - start, LongestCall / 2, LongestCall);
            machine.Sleep(4 * LongestCall); // the service is back by then, and still not believed
            start = machine.Now;
            machine.Trace.Add($"{call.Invoke(1, 0, 0, 0)}");
            Assert.Equal(start, machine.Now);
        });
        machine.Run();
        Assert.Equal(["PeerGone", "PeerGone"], machine.Trace);
        Assert.Equal((1, 1), (_silences.Count, received));
    }

    [Fact]
    public void ADeadServiceIsGoneButNotSilent()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        KernelCall call = new(machine.Scheduler, endpoint, _silences);
        machine.SpawnService(() =>
        {
            endpoint.Receive(machine.Scheduler.Current);
            endpoint.Shut(machine.Threads, machine.Scheduler.Current);
        });
        machine.Spawn(() => machine.Trace.Add($"{call.Invoke(1, 0, 0, 0)} {call.Invoke(1, 0, 0, 0)}"));
        machine.Run();
        Assert.Equal(["PeerGone PeerGone"], machine.Trace);
        Assert.Equal(0, _silences.Count);
    }

    [Fact]
    public void AFailureThatTheServiceReportsIsNotItsOwn()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        KernelCall call = new(machine.Scheduler, endpoint, _silences);
        machine.SpawnService(() =>
        {
            Thread self = machine.Scheduler.Current;
            endpoint.Receive(self);
            self.Registers.Rsi = (ulong)Status.PeerGone;
            endpoint.ReplyReceive(self);
            self.Registers.Rsi = (ulong)Status.Ok;
            endpoint.ReplyReceive(self);
        });
        machine.Spawn(() => machine.Trace.Add($"{call.Invoke(1, 0, 0, 0)} {call.Invoke(1, 0, 0, 0)}"));
        machine.Run();
        Assert.Equal(["PeerGone Ok"], machine.Trace);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(0xFFFF_FA42ul)] // would become a length
    [InlineData(131ul)]
    [InlineData(1ul << 32)]
    public void WhatIsNoStatusIsAnError(ulong word)
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        KernelCall call = new(machine.Scheduler, endpoint, _silences);
        machine.SpawnService(() => machine.Serve(endpoint, self => self.Registers.Rsi = word - 100));
        machine.Spawn(() => machine.Trace.Add($"{call.Invoke(1, 0, 0, 0)}"));
        machine.Run();
        Assert.Equal(["IoError"], machine.Trace);
    }

    [Fact]
    public void ASignalBeforeTheWaitsOfSeveralIsLostToNone()
    {
        using Machine machine = new();
        SignalTarget target = new(machine.Scheduler, machine.Threads);
        target.Signal(1);
        for (int i = 0; i < 3; i++)
            machine.Spawn(() => machine.Trace.Add($"{target.Wait(Machine.Never)}"));
        machine.Run();
        Assert.Equal(["Ok", "Ok", "Ok"], machine.Trace);
    }

    [Fact]
    public void ASignalEndsOneWaitOfAThreadAndNotTheNext()
    {
        using Machine machine = new();
        SignalTarget target = new(machine.Scheduler, machine.Threads);
        machine.Spawn(() => machine.Trace.Add($"{target.Wait(Machine.Never)} {target.Wait(machine.Now + 500)}"));
        machine.RunFor(1);
        target.Signal(1);
        machine.Run();
        Assert.Equal(["Ok TimedOut"], machine.Trace);
    }

    [Fact]
    public void ASignalWakesAllWaiters()
    {
        using Machine machine = new();
        SignalTarget target = new(machine.Scheduler, machine.Threads);
        for (int i = 0; i < 3; i++)
            machine.Spawn(() => machine.Trace.Add($"{target.Wait(Machine.Never)}"));
        machine.RunFor(1);
        Assert.Equal(Status.Ok, target.Signal(1));
        machine.Run();
        Assert.Equal(["Ok", "Ok", "Ok"], machine.Trace);
    }

    [Fact]
    public void ASignalBeforeTheWaitIsNotLost()
    {
        using Machine machine = new();
        SignalTarget target = new(machine.Scheduler, machine.Threads);
        target.Signal(1);
        machine.Spawn(() => machine.Trace.Add($"{target.Wait(Machine.Never)}"));
        machine.Run();
        Assert.Equal(["Ok"], machine.Trace);
    }

    [Fact]
    public void AWaitForASignalEndsAtItsDeadline()
    {
        using Machine machine = new();
        SignalTarget target = new(machine.Scheduler, machine.Threads);
        machine.Spawn(() =>
        {
            ulong start = machine.Now;
            machine.Trace.Add($"{target.Wait(start + 500)} {machine.Now - start}");
        });
        machine.Run();
        Assert.Equal(["TimedOut 500"], machine.Trace);
    }

    private sealed class Silences : ISilenceObserver
    {
        public int Count { get; private set; }

        public void OnSilent() => Count++;
    }
}
