// Threads and processes that somebody else ends, and what of theirs is used again. Subjects: Scheduler.End, ProcessTable.End,
// Endpoint.Reopen, the period of Watchdog.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class EndFromOutsideTests : IProcessObserver
{
    private readonly List<Process> _told = [];

    void IProcessObserver.OnProcessEnded(Process process) => _told.Add(process);

    [Fact]
    public void AThreadThatWaitsInsideTheKernelAndIsEndedComesOutWithAnErrorAndEnds()
    {
        using Machine machine = new();
        ThreadQueue queue = new();
        Thread first = Waiter(machine, queue, "first", Machine.Never);
        Waiter(machine, queue, "second", Machine.Never);
        Thread sleeper = Waiter(machine, new ThreadQueue(), "sleeper", machine.Now + 1_000);
        machine.RunFor(10);
        machine.Scheduler.End(first);
        machine.Scheduler.End(sleeper);
        while (queue.First is { } waiter)
            machine.Scheduler.Wake(waiter, Status.Ok);
        machine.RunFor(10_000);
        Assert.Equal(["first Interrupted", "sleeper Interrupted", "second Ok"], machine.Trace);
        Assert.Equal((ThreadState.Dead, ThreadState.Dead), (first.State, sleeper.State));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AThreadThatIsReadyAndIsEndedLosesItsTurn(bool isService)
    {
        using Machine machine = new();
        Thread thread = machine.Spawn(() => machine.Trace.Add("ended"), isService);
        machine.Spawn(() => machine.Trace.Add("other"), isService);
        machine.Scheduler.End(thread);
        machine.Run();
        Assert.Equal(["other"], machine.Trace);
        Assert.Same(thread, machine.Threads.Take()); // its slot is free
    }

    [Fact]
    public void AKilledServiceIsToldNothingAndItsCallersAre()
    {
        using HostedKernel kernel = new();
        Endpoint endpoint = kernel.Machine.NewEndpoint();
        ulong free = 0;
        Process? service = null;
        kernel.Start("program", program =>
        {
            free = kernel.Nucleus.Memory.Frames.FreeFrames;
            service = kernel.Start("service", StartServing(kernel, endpoint), isService: true);
            service.OwnEndpoint = endpoint;
            service.Observer = this;
            kernel.Start("killer", _ => kernel.Nucleus.Processes.End(service));
            kernel.Machine.Trace.Add($"{kernel.Machine.Call(endpoint, 1)}"); // being served
            kernel.Machine.Trace.Add($"{kernel.Machine.Call(endpoint, 1)}"); // shut
        });
        kernel.Machine.Run();
        Assert.Equal(["serving", "PeerGone", "PeerGone"], kernel.Machine.Trace);
        Assert.Equal((ProcessEnd.Killed, ThreadState.Dead), (service!.End, service.Thread!.State));
        Assert.Empty(_told);
        Assert.True(kernel.Nucleus.Memory.Frames.FreeFrames >= free);
    }

    [Theory]
    [InlineData(Domain.Ring1)]
    [InlineData(Domain.Ring1WithKeys)]
    [InlineData(Domain.Ring3)]
    public void AKilledProcessGivesItsMemoryBackAndTheNextOneIsAnother(Domain domain)
    {
        using HostedKernel kernel = new();
        kernel.Nucleus.Processes.End(Load(kernel, domain)); // whatever the first one needs for good
        ulong free = kernel.Nucleus.Memory.Frames.FreeFrames;
        HashSet<ulong> bases = [];
        for (int i = 0; i < 20; i++)
        {
            Process process = Load(kernel, domain);
            Assert.True(kernel.Nucleus.Memory.Frames.FreeFrames < free);
            Assert.True(bases.Add(process.ImageBase));
            kernel.Nucleus.Processes.End(process);
            Assert.Equal(free, kernel.Nucleus.Memory.Frames.FreeFrames);
        }
    }

    [Fact]
    public void AnEndpointThatIsReopenedHasANewServer()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        Thread first = machine.SpawnService(() => machine.Serve(endpoint));
        machine.Spawn(() =>
        {
            Assert.Equal(Status.Ok, machine.Call(endpoint, 1));
            machine.Scheduler.End(first);
            endpoint.Shut(machine.Threads, first);
            Assert.Equal(Status.PeerGone, machine.Call(endpoint, 2));
            endpoint.Reopen();
            machine.SpawnService(() => machine.Serve(endpoint));
            Assert.Equal(Status.Ok, machine.Call(endpoint, 3)); // waits for a server that has not received yet
            machine.Trace.Add($"{machine.Scheduler.Current.Registers.Rsi}");
        });
        machine.Run();
        Assert.Equal(["103"], machine.Trace);
    }

    [Fact]
    public void SignalsForADeadServerAreNotItsSuccessors()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        Notification bound = machine.NewNotification();
        bound.Endpoint = endpoint;
        endpoint.Bound = bound;
        bound.Signal(5);
        bound.Clear();
        Assert.False(bound.IsPending);
        bound.Signal(8);
        machine.SpawnService(() =>
        {
            Assert.Equal(Status.Ok, endpoint.Receive(machine.Scheduler.Current));
            machine.Trace.Add($"{machine.Scheduler.Current.Registers.Rsi}");
        });
        machine.Run();
        Assert.Equal(["8"], machine.Trace);
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(50ul)]
    [InlineData(60_000ul)]
    public void PatienceIsAsLongAsThePeriodsSay(ulong milliseconds)
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        machine.Scheduler.Watchdog.SetPeriod(milliseconds);
        ulong period = milliseconds * PlacementBench.Millisecond;
        Assert.Equal(period, machine.Scheduler.Watchdog.PeriodTicks);
        ulong waited = 0;
        machine.Spawn(() =>
        {
            ulong start = machine.Now;
            Assert.Equal(Status.TimedOut, machine.Call(endpoint, 1));
            waited = machine.Now - start;
        });
        machine.Run();
        Assert.Equal(Watchdog.KernelPatience * period, waited);
    }

    private static Thread Waiter(Machine machine, ThreadQueue queue, string name, ulong deadline)
        => machine.SpawnService(() =>
        {
            Status status = machine.Scheduler.BlockIn(queue, deadline);
            machine.Trace.Add($"{name} {status}");
        });

    private static Action<UserProgram> StartServing(HostedKernel kernel, Endpoint endpoint)
        => program => kernel.Machine.Serve(endpoint, whileServing: _ =>
        {
            kernel.Machine.Trace.Add("serving");
            program.Syscall(SyscallNumber.Sleep, PlacementBench.Second);
            kernel.Machine.Trace.Add("out of the kernel");
        });

    private static Process Load(HostedKernel kernel, Domain domain)
    {
        ServiceGrant grant = new();
        Assert.Equal(Status.Ok, kernel.Nucleus.Processes.Load("service/net"u8, "some"u8, isService: true, grant, domain, out Process? process));
        return process!;
    }
}
