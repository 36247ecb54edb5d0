// The two links to a driver in another domain, side by side: when requests go down, and what becomes of a driver that leaves them lying.
// Subjects: kernel/placement/links/MessageLink.cs, QueueLink.cs, kernel/placement/Ticker.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class LinkTests
{
    private const ulong Tick = PlacementBench.Millisecond;
    private const int Batch = 8;

    public static TheoryData<string> Batching => ["software", "ring3", "ring3-queue", "microkernel"];

    [Theory]
    [MemberData(nameof(Batching))]
    public void ABatchIsCollectedAndHandedOverWhenItIsFull(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, batch: Batch).Place();
        bench.Run((program, socket) =>
        {
            program.Syscall(SyscallNumber.Sleep, 3 * Tick); // what connect() sent is gone
            bench.Nic.Driver.Asked.Clear();
            for (int i = 0; i < Batch - 1; i++)
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            Assert.Empty(bench.Nic.Driver.Asked);
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, 1); // a queue's host runs when the writer waits
            Assert.Equal([.. Enumerable.Repeat("43+", Batch), "doorbell"], bench.Nic.Driver.Asked);
        });
        Assert.Equal(Batch, bench.Nic.Sent.Count);
    }

    [Theory]
    [MemberData(nameof(Batching))]
    public void ABatchThatDoesNotFillGoesDownWithTheTick(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, batch: Batch).Place();
        bench.Run((program, socket) =>
        {
            for (int i = 0; i < 3; i++)
                PlacementBench.Write(program, socket);
            Assert.Empty(bench.Nic.Sent);
            program.Syscall(SyscallNumber.Sleep, 3 * Tick);
            Assert.Equal(3, bench.Nic.Sent.Count);
        });
        bench.AssertConserved();
    }

    [Fact]
    public void AMessageLinkCallsOnceABatchAndAQueueLinkNotAtAll()
    {
        Assert.Equal(4 * 2, MessagesFor("ring3", writes: 4 * Batch));
        Assert.Equal(0, MessagesFor("ring3-queue", writes: 4 * Batch));
    }

    [Fact]
    public void AQueueLinkWakesADriverThatSleepsAndNoOther()
    {
        using PlacementBench bench = new PlacementBench("ring3-queue").Place();
        bench.Run((program, socket) =>
        {
            program.Syscall(SyscallNumber.Sleep, 3 * Tick);
            KernelCounters counters = bench.Kernel.Machine.Counters;
            bench.Nic.IsStuck = true; // no completions, so no other signals
            ulong before = counters.Notifications;
            PlacementBench.Write(program, socket);
            Assert.Equal(2ul, counters.Notifications - before); // Requests, and the interrupt of its device
        });
    }

    [Theory]
    [InlineData("software", 1)]
    [InlineData("ring3", 1)]
    [InlineData("ring3", 32)]
    [InlineData("ring3-queue", 1)]
    [InlineData("ring3-queue", 32)]
    [InlineData("microkernel", 32)]
    public void WhatAStuckDeviceCannotTakeIsRefusedOrCountedAndNothingLeaks(string placement, int batch)
    {
        using PlacementBench bench = new PlacementBench(placement, batch: batch).Place();
        int queued = 0;
        bench.Run((program, socket) =>
        {
            program.Syscall(SyscallNumber.Sleep, 3 * Tick);
            bench.Nic.IsStuck = true;
            for (int i = 0; i < 2 * NicHardware.PacketCount; i++)
            {
                Status status = PlacementBench.Write(program, socket);
                Assert.True(status is Status.Ok or Status.NoBufferSpace, $"{status}");
                queued += status == Status.Ok ? 1 : 0;
            }
            Assert.Equal(TestDriver.RingSize, bench.Nic.Sent.Count);
            bench.Nic.IsStuck = false;
            bench.Kernel.Interrupt(HostedKernel.NicLine);
            program.Syscall(SyscallNumber.Sleep, 5 * Tick);
        });
        Assert.Equal((ulong)(queued - bench.Nic.Sent.Count), bench.Stack.Statistics.FramesNotSent);
        bench.AssertConserved();
    }

    [Fact]
    public void AQueueThatIsLeftLyingForSixPeriodsIsASilentDriver()
    {
        using PlacementBench bench = new PlacementBench("ring3-queue").Place();
        bench.Run(
            (program, socket) =>
            {
                program.Syscall(SyscallNumber.Sleep, 10 * PlacementBench.Second); // an idle driver is not a silent one
                bench.HangAtNextFrame();
                ulong start = bench.Kernel.Machine.Now;
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)); // nobody waits for the driver
                while (PlacementBench.Write(program, socket) != Status.IoError)
                    program.Syscall(SyscallNumber.Sleep, PlacementBench.Second / 10);
                ulong periods = (bench.Kernel.Machine.Now - start) / PlacementBench.Second;
                Assert.InRange(periods, Watchdog.KernelPatience, Watchdog.KernelPatience + 1);
            },
            forAtMost: 30 * PlacementBench.Second);
        Assert.Contains("missed its deadline", bench.Kernel.Log, StringComparison.Ordinal);
        Assert.False(bench.Kernel.IsNicEnabled);
    }

    [Theory]
    [InlineData("ring3", 1)]
    [InlineData("ring3", Batch)]
    [InlineData("ring3-queue", 1)]
    public void ALinkThatIsStartedAgainBeginsBothRingsAnew(string placement, int batch)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 1, batch: batch).Place();
        bench.Run((program, socket) =>
        {
            for (int i = 0; i < 1_000; i++) // both rings have wrapped
            {
                PlacementBench.Write(program, socket);
                if (i % 50 == 0)
                    program.Syscall(SyscallNumber.Sleep, 2 * Tick);
            }
            bench.DieAtNextFrame();
            for (int i = 0; i < batch; i++)
                PlacementBench.Write(program, socket);
            program.Syscall(SyscallNumber.Sleep, 10 * Tick);
            int sent = bench.Nic.Sent.Count;
            for (int i = 0; i < 100 * Batch; i++)
            {
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                if (i % 50 == 0)
                    program.Syscall(SyscallNumber.Sleep, 2 * Tick);
            }
            program.Syscall(SyscallNumber.Sleep, 2 * Tick);
            Assert.Equal(100 * Batch, bench.Nic.Sent.Count - sent);
        }, forAtMost: PlacementBench.Second);
        bench.AssertConserved();
    }

    [Theory]
    [InlineData("software")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public void ADeviceThatIsPolledIsLookedAtWithoutInterrupts(string placement)
    {
        using PlacementBench bench = new PlacementBench($"{placement} interrupts=poll").Place();
        bench.Run((program, socket) =>
        {
            for (int i = 0; i < 2 * NicHardware.PacketCount; i++)
            {
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                if (i % 50 == 0)
                    program.Syscall(SyscallNumber.Sleep, 3 * Tick);
            }
            ulong port = bench.Stack.LocalEndpoint(0) >> 32;
            bench.Nic.Arriving.Enqueue(Net.Wire.Udp(Net.Wire.Gateway, 5001, Net.Wire.OwnAddress, (ushort)port, "late"u8.ToArray()));
            Assert.Equal("late", program.Read(socket, 10)); // nobody asks the driver for anything, and still it looks
        });
        Assert.Equal(0ul, bench.Kernel.Machine.Counters.Interrupts);
    }

    private static int MessagesFor(string placement, int writes)
    {
        using PlacementBench bench = new PlacementBench(placement, batch: Batch).Place();
        ulong messages = 0;
        bench.Run((program, socket) =>
        {
            program.Syscall(SyscallNumber.Sleep, 3 * Tick);
            messages = bench.Kernel.Machine.Counters.Messages;
            for (int i = 0; i < writes; i++)
                PlacementBench.Write(program, socket);
            messages = bench.Kernel.Machine.Counters.Messages - messages;
        });
        return (int)messages;
    }
}
