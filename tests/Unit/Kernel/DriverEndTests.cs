// When nobody starts a driver anew, or nobody does any more: what programs are told, once and for good.
// Subjects: kernel/placement/supervision/DriverCare.cs, kernel/sockets/SocketLayer.cs, kernel/placement/links. Back to: DriverRestartTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class DriverEndTests
{
    private const ulong Pause = 10 * PlacementBench.Millisecond;
    private const ulong LongAfter = 20 * PlacementBench.Second;

    public static TheoryData<string> Placements => DriverRestartTests.Placements;

    [Theory]
    [MemberData(nameof(Placements))]
    public void WithoutASupervisorADeathIsAnErrorForGood(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement).Place();
        AssertForGood(bench, Status.IoError, restarts: 0);
        Assert.Contains("nobody looks after", bench.Kernel.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void AfterTheLastRestartTheNetworkIsDownForGood(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 2).Place();
        AssertForGood(bench, Status.NetworkDown, restarts: 2);
        Assert.Contains("will not be started again", bench.Kernel.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void ADriverThatDoesNotStartIsGivenUp(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 3).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.StartStatus = Status.TimedOut;
            bench.DieAtNextFrame();
            PlacementBench.Write(program, socket);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(Status.NetworkDown, PlacementBench.Write(program, socket));
        });
        Assert.Equal(4, bench.Nic.Drivers.Count);
        Assert.Equal(3, bench.Supervisor.Starts.Count);
        Assert.False(bench.Kernel.IsNicEnabled || bench.Kernel.IsNicLineOpen);
    }

    [Theory]
    [InlineData("software")]
    [InlineData("ring1")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    public void ASupervisorHearsThatADriverDidNotStart(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 2).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.StartStatus = Status.TimedOut;
            bench.DieAtNextFrame();
            PlacementBench.Write(program, socket);
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        Assert.Equal([Status.PeerGone, Status.PeerGone], bench.Supervisor.Starts);
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void AReaderIsToldWhenTheDriverIsGivenUp(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 1).Place();
        List<string> read = [];
        bench.Run((program, socket) =>
        {
            bench.Kernel.Start("reader", reader => read.Add(reader.Read(reader.SocketTo(Net.Wire.Gateway, 7), 10)));
            program.Syscall(SyscallNumber.Sleep, Pause);
            for (int death = 0; death < 2; death++)
            {
                Assert.Empty(read);
                bench.DieAtNextFrame();
                PlacementBench.Write(program, socket);
                program.Syscall(SyscallNumber.Sleep, Pause);
            }
        });
        Assert.Equal(["NetworkDown"], read);
    }

    [Fact]
    public void ASupervisorThatDiesIsNotWaitedFor()
    {
        using PlacementBench bench = new PlacementBench("ring3", restarts: 3).Place();
        bench.Supervisor.WhenTold = bench.Die;
        bench.Run((program, socket) =>
        {
            bench.DieAtNextFrame();
            PlacementBench.Write(program, socket);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(Status.NetworkDown, PlacementBench.Write(program, socket));
        });
        Assert.Single(bench.Nic.Drivers);
    }

    [Fact]
    public void ADriverIsStartedOnlyOnceAtATimeAndKnowsNoOtherRequests()
    {
        using PlacementBench bench = new PlacementBench("ring3", restarts: 3).Place();
        KernelObject care = bench.ProcessOf("supervisor")!.Handles.Find(WellKnownHandle.Driver, HandleRights.Write)!;
        Thread boot = bench.Kernel.Machine.Boot;
        Assert.Equal(0, care.Control(boot, IoctlRequest.ResetDriver, 0)); // it is well
        Assert.Equal(0, care.Control(boot, IoctlRequest.StartDriver, 0));
        Assert.Equal(-(long)Status.UnsupportedRequest, care.Control(boot, IoctlRequest.GetNicCounters, 0));
        Assert.Single(bench.Nic.Drivers);
    }

    // Deaths until nobody starts it again; then the same answer to every write, now and later, and one line in the log for each death.
    private static void AssertForGood(PlacementBench bench, Status expected, int restarts)
    {
        List<Status> seen = [];
        bench.Run(
            (program, socket) =>
            {
                for (int death = 0; death <= restarts; death++)
                {
                    Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                    bench.DieAtNextFrame();
                    PlacementBench.Write(program, socket);
                    program.Syscall(SyscallNumber.Sleep, Pause);
                }
                for (int i = 0; i < 2 * NicHardware.PacketCount; i++)
                    seen.Add(PlacementBench.Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, LongAfter);
                seen.Add(PlacementBench.Write(program, socket));
                seen.Add(Enum.Parse<Status>(program.Read(socket, 1)));
            },
            forAtMost: 2 * LongAfter);
        Assert.All(seen, status => Assert.Equal(expected, status));
        Assert.Equal(1 + restarts, bench.Nic.Drivers.Count);
        Assert.Equal(1 + restarts, bench.Kernel.Log.Split('\n').Count(static line => line.Contains("has lost its driver", StringComparison.Ordinal)));
        Assert.False(bench.Kernel.IsNicEnabled || bench.Kernel.IsNicLineOpen);
    }
}
