// When write() answers, in every placement: at once, when the NIC has reported, or with the next one. Subjects: kernel/sockets/Socket.cs,
// lib/Net/SentFrames.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class CompletionModeTests
{
    private const ulong Pause = 10 * PlacementBench.Millisecond;

    /// <summary>Those that survive their driver.</summary>
    public static TheoryData<string> Placements => DriverRestartTests.Placements;

    public static TheoryData<string> EveryPlacement => [.. PlacementNames];

    /// <summary>Every placement but ring1-keys, which is ring1 with other page tables.</summary>
    internal static string[] PlacementNames => ["monolithic", "software", "ring1", "ring3", "ring3-queue", "microkernel"];

    [Theory]
    [MemberData(nameof(EveryPlacement))]
    public void QueuedIsASuccessWhateverBecomesOfTheFrame(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement).Place();
        bench.Run((program, socket) =>
        {
            Collide(bench, 1);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, Pause);
            }
        });
        Assert.Equal(1ul, bench.Stack.Statistics.FramesNotSent);
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(EveryPlacement))]
    public void WaitIsAnErrorOfTheFrameThatWasLostAndOfNoOther(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: CompletionMode.Wait).Place();
        bench.Run((program, socket) =>
        {
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            Collide(bench, 1);
            Assert.Equal(Status.IoError, PlacementBench.Write(program, socket));
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        Assert.Equal(3, bench.Nic.Sent.Count);
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(EveryPlacement))]
    public void WaitBlocksUntilTheNicReports(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: CompletionMode.Wait).Place();
        List<Status> seen = [];
        bench.Run((program, socket) =>
        {
            bench.Nic.IsStuck = true;
            bench.Kernel.Start("cable", cable =>
            {
                cable.Syscall(SyscallNumber.Sleep, PlacementBench.Second);
                Assert.Empty(seen);
                bench.Nic.IsStuck = false;
                bench.Kernel.Interrupt(HostedKernel.NicLine);
            });
            ulong start = bench.Kernel.Machine.Now;
            seen.Add(PlacementBench.Write(program, socket));
            Assert.InRange(bench.Kernel.Machine.Now - start, PlacementBench.Second, 2 * PlacementBench.Second);
        }, forAtMost: 10 * PlacementBench.Second);
        Assert.Equal([Status.Ok], seen);
    }

    [Theory]
    [MemberData(nameof(EveryPlacement))]
    public void WaitGivesUpAFrameThatNeverCompletes(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: CompletionMode.Wait).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.IsStuck = true;
            Assert.Equal(Status.IoError, PlacementBench.Write(program, socket));
        }, forAtMost: 20 * PlacementBench.Second);
    }

    [Theory]
    [MemberData(nameof(EveryPlacement))]
    public void NextIsAnErrorOfTheWriteAfterTheLostFrameOnce(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: CompletionMode.Next).Place();
        bench.Run((program, socket) =>
        {
            Collide(bench, 1);
            List<Status> seen = [];
            for (int i = 0; i < 4; i++)
            {
                seen.Add(PlacementBench.Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, Pause);
            }
            Assert.Equal([Status.Ok, Status.IoError, Status.Ok, Status.Ok], seen);
        });
        Assert.Equal(3, bench.Nic.Sent.Count); // a write that reports an error sends nothing
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void NextTellsOfFramesThatDiedWithTheirDriver(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 1, completion: CompletionMode.Next).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.IsStuck = true;
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
            bench.DieAtNextFrame();
            PlacementBench.Write(program, socket);
            bench.Nic.IsStuck = false;
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(Status.IoError, PlacementBench.Write(program, socket));
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void AWaitingWriterIsReleasedWhenItsDriverDies(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 1, completion: CompletionMode.Wait).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.IsStuck = true;
            bench.Kernel.Start("killer", killer =>
            {
                long own = killer.SocketTo(Net.Wire.Gateway, 7);
                bench.DieAtNextFrame();
                PlacementBench.Write(killer, own);
            });
            ulong start = bench.Kernel.Machine.Now;
            Assert.Equal(Status.IoError, PlacementBench.Write(program, socket));
            Assert.InRange(bench.Kernel.Machine.Now - start, 0ul, Pause);
            bench.Nic.IsStuck = false;
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
        });
        bench.AssertConserved();
    }

    // The next frames collide sixteen times.
    private static void Collide(PlacementBench bench, int frames)
    {
        for (int i = 0; i < frames; i++)
            bench.Nic.Outcomes.Enqueue(TransmitOutcome.ExcessiveCollisions);
    }
}
