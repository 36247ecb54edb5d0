// Processes that are killed while their thread is inside the kernel: it comes as far as the edge, gives back what it held, and never leaves.
// Subjects: Scheduler.End, ProcessTable.EndDoomed, KernelEntry, SoftwareChannel. Next: EndFromOutsideTests.cs
using System;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class DoomedThreadTests
{
    private const ulong Pause = 10 * PlacementBench.Millisecond;

    public static TheoryData<string> Placements => ["software", "ring1", "ring3", "microkernel"];

    // The stack counts calls of the driver that have not returned, and takes nothing in while there is one.
    [Theory]
    [MemberData(nameof(Placements))]
    public void AWriterKilledInsideTheStackDoesNotEndReception(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement).Place();
        Process? writer = null;
        bench.Run((program, socket) =>
        {
            writer = bench.Kernel.Start("writer", other =>
            {
                long own = other.SocketTo(Wire.Gateway, 7);
                bench.Nic.WhenTransmitting = () =>
                {
                    bench.Nic.WhenTransmitting = () => { };
                    bench.Kernel.Nucleus.Processes.End(writer!);
                };
                PlacementBench.Write(other, own);
                bench.Kernel.Machine.Trace.Add("out of the kernel");
            });
            program.Syscall(SyscallNumber.Sleep, Pause);
            Receive(bench, program, socket);
        });
        Assert.Empty(bench.Kernel.Machine.Trace);
        Assert.Equal((ProcessEnd.Killed, ThreadState.Dead), (writer!.End, writer.Thread!.State));
        Assert.False(writer.Thread.IsDoomed);
        bench.AssertConserved();
    }

    // A write that waits behind another one has not reached the driver, and a dead driver never answers it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AWriterKilledWhileTheDriverIsBusyOrDiesGivesItsPacketBack(bool dies)
    {
        using PlacementBench bench = new PlacementBench("ring3", restarts: 1).Place();
        bench.Run((program, socket) =>
        {
            Process writer = bench.Kernel.Start("writer", other =>
            {
                long own = other.SocketTo(Wire.Gateway, 7);
                program.Syscall(SyscallNumber.Sleep, 0);
                PlacementBench.Write(other, own);
                bench.Kernel.Machine.Trace.Add("out of the kernel");
            });
            bench.Nic.WhenTransmitting = () =>
            {
                bench.Nic.WhenTransmitting = () => { };
                bench.Kernel.Nucleus.Scheduler.BlockIn(new ThreadQueue(), bench.Kernel.Machine.Now + Pause);
                bench.Kernel.Nucleus.Processes.End(writer);
                if (dies)
                    bench.Die();
            };
            PlacementBench.Write(program, socket);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(ThreadState.Dead, writer.Thread!.State);
            Receive(bench, program, socket);
        });
        Assert.Empty(bench.Kernel.Machine.Trace);
        bench.AssertConserved();
    }

    [Theory]
    [InlineData("sleep")]
    [InlineData("read")]
    [InlineData("connect")]
    [InlineData("room")]
    [InlineData("outcome")]
    [InlineData("wait")]
    [InlineData("receive")]
    [InlineData("call")]
    [InlineData("preempted")]
    public void WhateverAProcessWaitsForItEndsSoonAndWhollyWhenItIsKilled(string where)
    {
        using PlacementBench bench = new PlacementBench("ring3", completion: where == "outcome" ? CompletionMode.Wait : CompletionMode.Queued).Place();
        bench.Run(
            (program, _) =>
            {
                bench.Kernel.Nucleus.Processes.End(bench.Kernel.Start("first", _ => { })); // whatever the first one needs for good
                ulong free = bench.Kernel.Nucleus.Memory.Frames.FreeFrames;
                Process waiter = bench.Kernel.Start("waiter", other => WaitIn(bench, other, where));
                program.Syscall(SyscallNumber.Sleep, Pause);
                Assert.NotEqual(ThreadState.Dead, waiter.Thread!.State);
                bench.Kernel.Nucleus.Processes.End(waiter);
                bench.Kernel.Nucleus.Processes.End(waiter);
                bench.Nic.IsStuck = false;
                program.Syscall(SyscallNumber.Sleep, where == "call" ? 10 * PlacementBench.Second : Pause);
                Assert.Equal((ThreadState.Dead, false), (waiter.Thread.State, waiter.Thread.IsDoomed));
                Assert.Equal(free, bench.Kernel.Nucleus.Memory.Frames.FreeFrames);
                Assert.All(Enumerable.Range(0, HandleTable.Capacity), handle => Assert.Null(waiter.Handles.Find(handle, HandleRights.None)));
            },
            forAtMost: 20 * PlacementBench.Second);
        Assert.Empty(bench.Kernel.Machine.Trace);
    }

    [Fact]
    public void AProcessThatHasNotRunYetEndsAtOnce()
    {
        using HostedKernel kernel = new();
        Process process = kernel.Start("program", _ => kernel.Machine.Trace.Add("ran"));
        kernel.Nucleus.Processes.End(process);
        Assert.Equal(ThreadState.Dead, process.Thread!.State);
        kernel.Machine.Run();
        Assert.Empty(kernel.Machine.Trace);
    }

    [Fact]
    public void AProcessThatIsAboutToEndByItselfIsLeftToIt()
    {
        using PlacementBench bench = new PlacementBench("microkernel").Place();
        ulong free = 0;
        bench.Run((program, socket) =>
        {
            bench.Kernel.Nucleus.Processes.End(bench.Kernel.Start("first", _ => { }));
            free = bench.Kernel.Nucleus.Memory.Frames.FreeFrames;
            Process other = bench.Kernel.Start("other", self => self.SocketTo(Wire.Gateway, 7)); // closing it is a message to the network service
            for (int turn = 0; turn < 100 && other.End == ProcessEnd.Running; turn++)
                program.Syscall(SyscallNumber.Sleep, 1);
            bench.Kernel.Nucleus.Processes.End(other);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal((ProcessEnd.Exited, ThreadState.Dead), (other.End, other.Thread!.State));
            Assert.Equal(free, bench.Kernel.Nucleus.Memory.Frames.FreeFrames);
        });
        bench.AssertConserved();
    }

    // The thread of a driver in the kernel, too, ends where it would go back to its driver.
    [Fact]
    public void ADriverThreadThatWaitsForRequestsIsEndedAndAnotherServes()
    {
        using PlacementBench bench = new PlacementBench("software", restarts: 1).Place();
        bench.Run((program, socket) =>
        {
            Thread? old = null;
            bench.Nic.WhenTransmitting = () => old ??= bench.Kernel.Nucleus.Scheduler.Current;
            PlacementBench.Write(program, socket);
            Assert.Equal(ThreadState.Receiving, old!.State);
            Endpoint endpoint = ((DriverDomain)old.Work!).Endpoint;
            endpoint.Observer!.OnSilent();
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.False(old.IsDoomed); // and its slot may be another's by now
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            Receive(bench, program, socket);
        });
        Assert.Equal(2, bench.Nic.Drivers.Count);
        bench.AssertConserved();
    }

    private static void Receive(PlacementBench bench, UserProgram program, long socket)
    {
        Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)); // gives it a port
        byte[] sent = bench.Nic.Sent[^1];
        bench.Nic.Arriving.Enqueue(Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, Wire.Get16(sent, 34), "hello"u8.ToArray()));
        Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)); // an interrupt
        Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.SetReceiveTimeout, Pause));
        Assert.Equal("hello", program.Read(socket, 100));
    }

    private static void WaitIn(PlacementBench bench, UserProgram program, string where)
    {
        HostedKernel kernel = bench.Kernel;
        HandleTable handles = program.Process.Handles;
        switch (where)
        {
            case "sleep":
                program.Syscall(SyscallNumber.Sleep, PlacementBench.Second);
                break;
            case "read":
                program.Read(program.SocketTo(Wire.Gateway, 7), 10);
                break;
            case "connect":
                bench.Nic.Outcomes.Enqueue(TransmitOutcome.Aborted); // nobody hears the question for the hop
                program.SocketTo(Wire.Gateway + 5, 7);
                break;
            case "room":
                bench.Nic.IsStuck = true;
                long full = program.SocketTo(Wire.Gateway, 7);
                program.Syscall(SyscallNumber.Ioctl, (ulong)full, (ulong)IoctlRequest.SetQueuePolicy, (ulong)QueuePolicy.Block);
                for (int i = 0; i < NicHardware.PacketCount; i++)
                    PlacementBench.Write(program, full);
                break;
            case "outcome":
                long socket = program.SocketTo(Wire.Gateway, 7);
                bench.Nic.IsStuck = true;
                PlacementBench.Write(program, socket);
                break;
            case "wait":
                handles.Set(20, kernel.Machine.NewNotification(), HandleRights.All, badge: 0);
                program.Syscall(SyscallNumber.Wait, 20);
                break;
            case "receive":
                handles.Set(20, kernel.Machine.NewEndpoint(), HandleRights.All, badge: 0);
                program.Syscall(SyscallNumber.Receive, 20);
                break;
            case "call":
                handles.Set(20, kernel.Machine.NewEndpoint(), HandleRights.All, badge: 0);
                program.Syscall(SyscallNumber.Call, 20);
                break;
            default:
                kernel.Start("rival", _ => kernel.Machine.TimerInterrupt());
                kernel.Machine.TimerInterrupt();
                kernel.Machine.TimerInterrupt();
                kernel.Machine.Sleep(0);
                break;
        }
        kernel.Machine.Trace.Add("out of the kernel");
    }
}
