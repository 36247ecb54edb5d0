// A driver in a thread of the kernel: whatever ends it ends the thread and not the kernel. Subjects: kernel/placement/software,
// drivers/hosts/Software/SoftwareHost.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Kernel;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class SoftwareDomainTests
{
    private const ulong Pause = 10 * PlacementBench.Millisecond;

    [Fact]
    public void AWriteIsOneMessageToAThreadOfTheKernel()
    {
        using PlacementBench bench = new PlacementBench("software").Place();
        bench.Run((program, socket) =>
        {
            ulong messages = bench.Kernel.Machine.Counters.Messages;
            PlacementBench.Write(program, socket, "hello");
            Assert.Equal(2ul, bench.Kernel.Machine.Counters.Messages - messages);
        });
        Assert.Equal("hello"u8.ToArray(), Net.Wire.ParseUdp(bench.Nic.Sent[^1]).Payload);
        Assert.Null(bench.ProcessOf("nic"));
    }

    [Fact]
    public void TheThreadIsInItsDriverOnlyWhileItIs()
    {
        using PlacementBench bench = new PlacementBench("software").Place();
        Thread? driver = null;
        bench.Run((program, socket) =>
        {
            bench.Nic.WhenTransmitting = () =>
            {
                driver = bench.Kernel.Nucleus.Scheduler.Current;
                Assert.True(driver.IsInDriver && driver.IsService);
                Assert.Same(driver.Work, KernelEntry.CurrentDriver);
            };
            PlacementBench.Write(program, socket);
            Assert.False(driver!.IsInDriver);
            Assert.Equal(ThreadState.Receiving, driver.State);
            Assert.Null(KernelEntry.CurrentDriver);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFaultOrAnExceptionEndsTheThreadAndTheObserverHearsOfIt(bool isException)
    {
        using PlacementBench bench = new PlacementBench("software", restarts: 1).Place();
        Thread? driver = null;
        List<string> told = [];
        bench.Supervisor.WhenTold = () => told.Add($"{driver!.State} {driver.IsInDriver} {bench.Kernel.IsNicEnabled}");
        bench.Run((program, socket) =>
        {
            bench.Nic.WhenTransmitting = () =>
            {
                bench.Nic.WhenTransmitting = () => { };
                driver = bench.Kernel.Nucleus.Scheduler.Current;
                if (isException)
                    KernelEntry.OnThrow("register write outside the granted window");
                bench.Die();
            };
            Assert.Equal(Status.NoBufferSpace, PlacementBench.Write(program, socket)); // the endpoint is shut
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        Assert.Equal(["Dead False False"], told);
        Assert.Contains(isException ? "register write outside the granted window" : "page fault", bench.Kernel.Log, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("the NIC has lost its driver: it {What}", bench.Kernel.Log, StringComparison.Ordinal);
        bench.AssertConserved();
    }

    [Fact]
    public void EveryStartIsAFreshDriver()
    {
        using PlacementBench bench = new PlacementBench("software", restarts: 20).Place();
        bench.Run((program, socket) =>
        {
            for (int death = 0; death < 20; death++)
            {
                bench.DieAtNextFrame();
                PlacementBench.Write(program, socket);
                program.Syscall(SyscallNumber.Sleep, Pause);
            }
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
        }, forAtMost: PlacementBench.Second);
        Assert.Equal(21, new HashSet<TestDriver>(bench.Nic.Drivers).Count);
        bench.AssertConserved();
    }

    [Fact]
    public void ADriverThatDoesNotStartIsRefusedAtBoot()
    {
        using PlacementBench bench = new("software");
        bench.Nic.StartStatus = Status.TimedOut;
        Assert.False(new Placer(bench).Place(bench.Kernel.Nucleus));
        Assert.Contains("died or did not answer", bench.Kernel.Log, StringComparison.Ordinal);
        Assert.Null(bench.Kernel.Nucleus.Sockets);
        Assert.False(bench.Kernel.IsNicEnabled);
    }

    [Fact]
    public void ADatagramThatArrivesByInterruptEndsTheRead()
    {
        using PlacementBench bench = new PlacementBench("software").Place();
        string read = "";
        bench.Run((program, socket) =>
        {
            ushort port = (ushort)(bench.Stack.LocalEndpoint(0) >> 32);
            bench.Kernel.Start("peer", peer =>
            {
                peer.Syscall(SyscallNumber.Sleep, Pause);
                bench.Nic.Arriving.Enqueue(Net.Wire.Udp(Net.Wire.Gateway, 5001, Net.Wire.OwnAddress, port, "answer"u8.ToArray()));
                bench.Kernel.Interrupt(HostedKernel.NicLine);
            });
            read = program.Read(socket, 100);
        });
        Assert.Equal("answer", read);
        Assert.True(bench.Kernel.IsNicLineOpen);
        bench.AssertConserved();
    }
}
