// Drivers that die and come back, in every placement that can survive it: what a program sees, and where the packets are.
// Subjects: kernel/placement/DriverDomain.cs, KernelStack.cs, supervision/DriverCare.cs, lib/Net/NicPort.cs. Next: DriverEndTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using RingOS.Net;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class DriverRestartTests
{
    private const ulong Outage = 5 * PlacementBench.Millisecond;

    public static TheoryData<string> Placements => ["software", "ring1", "ring3", "ring3-queue", "microkernel"];

    public static TheoryData<string, int> Settings
    {
        get
        {
            TheoryData<string, int> settings = [];
            foreach (string placement in Placements)
            {
                settings.Add(placement, 1);
                settings.Add(placement, Dials.MaximumBatch);
            }
            return settings;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void PacketsAreConservedThroughSeveralRestarts(string placement, int batch)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 5, batch: batch).Place();
        bench.Run((program, socket) =>
        {
            for (int round = 1; round <= 5; round++)
            {
                WriteMany(program, socket, 40);
                bench.DieAtNextFrame();
                WriteMany(program, socket, 40); // into the death
                program.Syscall(SyscallNumber.Sleep, Outage);
                Assert.Equal(1 + round, bench.Nic.Drivers.Count);
                WriteMany(program, socket, 2 * NicHardware.PacketCount);
                program.Syscall(SyscallNumber.Sleep, Outage);
            }
        }, forAtMost: PlacementBench.Second);
        bench.AssertConserved();
        Assert.Equal(0ul, bench.Stack.Statistics.DriverReportsRefused);
        Assert.Equal(5ul, bench.Stack.ReadCounter(NicCounter.Restarts));
    }

    // Also what is written, and received from, between the reset and the start must not end in the rings of the dead.
    [Theory]
    [MemberData(nameof(Settings))]
    public void WritesDuringTheOutageSayThatThereIsNoRoomAndLeakNothing(string placement, int batch)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 1, batch: batch).Place();
        List<Status> seen = [];
        bench.Run((program, socket) =>
        {
            Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.SetReceiveTimeout, 1));
            bench.DieAtNextFrame();
            WriteMany(program, socket, batch);
            program.Syscall(SyscallNumber.Sleep, PlacementBench.Millisecond / 2);
            for (int i = 0; i < 2 * NicHardware.PacketCount; i++)
                seen.Add(PlacementBench.Write(program, socket));
            program.Read(socket, 1); // the stack looks whether it can lend buffers again
            Assert.Single(bench.Nic.Drivers);
            program.Syscall(SyscallNumber.Sleep, Outage);
            Assert.Equal(2, bench.Nic.Drivers.Count);
            WriteMany(program, socket, batch);
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket, "again"));
            program.Syscall(SyscallNumber.Sleep, Outage);
        });
        Assert.All(seen, static status => Assert.Equal(Status.NoBufferSpace, status));
        Assert.Equal("again"u8.ToArray(), Wire.ParseUdp(bench.Nic.Sent[^1]).Payload);
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void ADriverThatFallsSilentIsReplacedToo(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 2).Place();
        bench.Run(
            (program, socket) =>
            {
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                bench.HangAtNextFrame();
                PlacementBench.Write(program, socket);
                program.Syscall(SyscallNumber.Sleep, 10 * PlacementBench.Second);
                Assert.Equal(2, bench.Nic.Drivers.Count);
                for (int i = 0; i < 2 * NicHardware.PacketCount; i++)
                    Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, Outage);
            },
            forAtMost: 20 * PlacementBench.Second);
        bench.AssertConserved();
        Assert.Equal([Status.Ok], bench.Supervisor.Starts);
        Assert.Contains("missed its deadline", bench.Kernel.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void TheDeviceIsSilencedBeforeAnythingIsReclaimed(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 1).Place();
        List<string> steps = [];
        ulong freeWhenSilenced = 0;
        bench.Supervisor.WhenTold = () =>
        {
            Assert.False(bench.Kernel.IsNicEnabled || bench.Kernel.IsNicLineOpen);
            Assert.Equal(PlacementBench.ReceiveBuffers, bench.Stack.CountPackets(PacketOwner.Receive));
            Assert.False(bench.TakeReset());
            steps.Add("told");
        };
        bench.Supervisor.WhenReset = () =>
        {
            Assert.True(bench.TakeReset());
            Assert.False(bench.Kernel.IsNicEnabled || bench.Kernel.IsNicLineOpen);
            steps.Add("reset");
        };
        bench.Run((program, socket) =>
        {
            bench.DieAtNextFrame();
            bench.Kernel.Cpu.WhenConfigured = () =>
            {
                if (steps.Count == 0)
                    freeWhenSilenced = bench.Kernel.Nucleus.Memory.Frames.FreeFrames;
                steps.Add(bench.Kernel.IsNicEnabled ? "enabled" : bench.Kernel.IsNicLineOpen ? "line still open" : "silenced");
            };
            ulong free = bench.Kernel.Nucleus.Memory.Frames.FreeFrames;
            PlacementBench.Write(program, socket);
            Assert.Equal(free, freeWhenSilenced);
            program.Syscall(SyscallNumber.Sleep, Outage);
        });
        Assert.Equal(["silenced", "told", "silenced", "reset", "enabled"], steps);
        Assert.True(bench.Kernel.IsNicEnabled && bench.Kernel.IsNicLineOpen);
    }

    [Theory]
    [InlineData("ring1")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public void ARestartedDriverIsAFreshProcessAndTheOldOnesMemoryComesBack(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 10).Place();
        List<int> numbers = [];
        List<ulong> free = [];
        bench.Run((program, socket) =>
        {
            for (int round = 0; round < 5; round++)
            {
                Process driver = bench.ProcessOf("nic")!;
                numbers.Add(driver.Number);
                Assert.Equal((ulong)driver.Number * BootProtocol.ProgramSpacing, driver.ImageBase & ~BootProtocol.DriverHalf);
                free.Add(bench.Kernel.Nucleus.Memory.Frames.FreeFrames);
                bench.DieAtNextFrame();
                PlacementBench.Write(program, socket);
                program.Syscall(SyscallNumber.Sleep, Outage);
            }
        });
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.True(bench.ProcessOf("nic")!.Number > numbers[^1]);
        Assert.All(free, frames => Assert.Equal(free[0], frames));
    }

    private static void WriteMany(UserProgram program, long socket, int count)
    {
        for (int i = 0; i < count; i++)
            PlacementBench.Write(program, socket);
    }
}
