// write() when there is no room in the transmit queue, in every placement: it fails, waits or says "again", as the socket asks.
// Subjects: kernel/sockets/Socket.cs, lib/Net/NicPort.cs, drivers/hosts/Server/NicServer.cs. Back to: CompletionModeTests.cs
using RingOS.Abi;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using RingOS.Net;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class QueuePolicyTests
{
    private const ulong Pause = 10 * PlacementBench.Millisecond;
    private const ulong Patience = 5 * PlacementBench.Second;
    private const ulong Jam = 600 * PlacementBench.Millisecond; // between two looks of a waiting writer, which are 250 ms apart

    public static TheoryData<string, int> Settings => All(CompletionModeTests.PlacementNames);

    public static TheoryData<string, int> Walled => All(CompletionModeTests.PlacementNames[1..]);

    [Theory]
    [MemberData(nameof(Settings))]
    public void AFullQueueIsNoBufferSpaceUnlessTheSocketAsksForSomethingElse(string placement, int batch)
        => RefusesWhileFull(placement, batch, policy: null, Status.NoBufferSpace);

    [Theory]
    [MemberData(nameof(Settings))]
    public void FailSaysNoBufferSpace(string placement, int batch) => RefusesWhileFull(placement, batch, QueuePolicy.Fail, Status.NoBufferSpace);

    [Theory]
    [MemberData(nameof(Settings))]
    public void AgainSaysWouldBlock(string placement, int batch) => RefusesWhileFull(placement, batch, QueuePolicy.Again, Status.WouldBlock);

    [Theory]
    [MemberData(nameof(Settings))]
    public void BlockWaitsUntilThereIsRoom(string placement, int batch)
    {
        using PlacementBench bench = new PlacementBench(placement, batch: batch).Place();
        int taken = 0;
        bench.Run(
            (program, socket) =>
            {
                SetPolicy(program, socket, QueuePolicy.Block);
                taken = Fill(bench, program, program.SocketTo(Wire.Gateway, 5001));
                bench.Kernel.Start("cable", cable =>
                {
                    cable.Syscall(SyscallNumber.Sleep, Jam);
                    Plug(bench);
                });
                ulong start = bench.Kernel.Machine.Now;
                if (Write(program, socket) == Status.Ok && bench.Kernel.Machine.Now == start)
                    Assert.Equal(Status.Ok, Write(program, socket)); // the first one was the packet that a socket always holds
                Assert.InRange(bench.Kernel.Machine.Now - start, Jam, Jam + 3 * PlacementBench.Millisecond);
                for (int i = 0; i < 3 * NicHardware.PacketCount; i++)
                    Assert.Equal(Status.Ok, Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, Pause);
            },
            forAtMost: 10 * PlacementBench.Second);
        Assert.InRange(bench.Nic.Sent.Count, taken + 1 + (3 * NicHardware.PacketCount), taken + 2 + (3 * NicHardware.PacketCount));
        Assert.Equal(0ul, bench.Stack.Statistics.FramesNotSent);
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void BlockGivesUpADeviceThatNeverMakesRoom(string placement, int batch)
    {
        using PlacementBench bench = new PlacementBench(placement, batch: batch).Place();
        bench.Run(
            (program, socket) =>
            {
                SetPolicy(program, socket, QueuePolicy.Block);
                Fill(bench, program, program.SocketTo(Wire.Gateway, 5001));
                while (Write(program, socket) == Status.Ok)
                    Assert.InRange(bench.Nic.Driver.InFlight.Count, 1, NicHardware.PacketCount);
                ulong start = bench.Kernel.Machine.Now;
                Assert.Equal(Status.NoBufferSpace, Write(program, socket));
                Assert.InRange(bench.Kernel.Machine.Now - start, Patience, Patience + (PlacementBench.Second / 2));
                program.Syscall(SyscallNumber.Sleep, 10 * PlacementBench.Second);
                Plug(bench);
                program.Syscall(SyscallNumber.Sleep, Pause);
                Assert.Equal(Status.Ok, Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, Pause);
            },
            forAtMost: 60 * PlacementBench.Second);
        Assert.Single(bench.Nic.Drivers); // a driver that waits for its device is not silent
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Walled))]
    public void ABlockedWriterIsReleasedWhenItsDriverDies(string placement, int batch)
        => AssertReleased(placement, batch, restarts: 0, Status.IoError);

    [Theory]
    [MemberData(nameof(Walled))]
    public void ABlockedWriterIsReleasedWhenItsDriverIsRestarted(string placement, int batch)
    {
        bool hearsOfTheNextOneOnly = placement == "microkernel"; // there the stack has its packets back when it runs
        AssertReleased(placement, batch, restarts: 1, hearsOfTheNextOneOnly ? Status.Ok : Status.NoBufferSpace);
    }

    [Fact]
    public void ThePolicyIsOneOfThreeAndTheSocketsOwn()
    {
        using PlacementBench bench = new PlacementBench("ring3").Place();
        bench.Run((program, socket) =>
        {
            foreach (ulong wrong in (ulong[])[3, 4, 1ul << 32, ulong.MaxValue])
                Assert.Equal(Status.InvalidArgument, program.Fail(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.SetQueuePolicy, wrong));
            SetPolicy(program, socket, QueuePolicy.Again);
            long other = program.SocketTo(Wire.Gateway, 5001);
            Fill(bench, program, other); // ends with NoBufferSpace: it has a policy of its own
            Assert.Equal(Status.WouldBlock, Write(program, socket));
            Assert.Equal(Status.Ok, program.Fail(SyscallNumber.Close, (ulong)socket));
            Assert.Equal(Status.NoBufferSpace, Write(program, program.SocketTo(Wire.Gateway, 5001))); // its successor begins anew
        });
    }

    private static void RefusesWhileFull(string placement, int batch, QueuePolicy? policy, Status expected)
    {
        using PlacementBench bench = new PlacementBench(placement, batch: batch).Place();
        int taken = 0;
        bench.Run((program, socket) =>
        {
            if (policy is { } wanted)
                SetPolicy(program, socket, wanted);
            taken = Fill(bench, program, socket, expected);
            for (int i = 0; i < 10; i++)
                Assert.Equal(expected, Write(program, socket));
            Plug(bench);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(Status.Ok, Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        Assert.Equal(taken + 1, bench.Nic.Sent.Count); // what was taken was sent, and nothing else
        Assert.Equal(0ul, bench.Stack.Statistics.FramesNotSent);
        bench.AssertConserved();
    }

    private static void AssertReleased(string placement, int batch, int restarts, Status expected)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: restarts, batch: batch).Place();
        Status? told = null;
        bool isDying = false;
        bench.Run(
            (program, socket) =>
            {
                long other = program.SocketTo(Wire.Gateway, 5001);
                Fill(bench, program, socket);
                bench.Kernel.Start("blocked", blocked =>
                {
                    long own = blocked.SocketTo(Wire.Gateway, 5001);
                    SetPolicy(blocked, own, QueuePolicy.Block);
                    Status status = Write(blocked, own);
                    while (!isDying)
                        status = Write(blocked, own);
                    told = status;
                });
                program.Syscall(SyscallNumber.Sleep, Jam);
                isDying = true;
                bench.DieAtNextFrame();
                ulong start = bench.Kernel.Machine.Now;
                Write(program, other);
                while (told is null)
                    program.Syscall(SyscallNumber.Sleep, PlacementBench.Millisecond / 10);
                Assert.InRange(bench.Kernel.Machine.Now - start, 0ul, Pause);
            },
            forAtMost: 30 * PlacementBench.Second);
        Assert.Equal(expected, told);
    }

    // The device stops; then so many writes are taken, until there is no room.
    private static int Fill(PlacementBench bench, UserProgram program, long socket, Status full = Status.NoBufferSpace)
    {
        bench.Nic.IsStuck = true;
        int taken = 0;
        Status status = Write(program, socket);
        for (; status == Status.Ok; status = Write(program, socket))
            Assert.InRange(++taken, 1, NicHardware.PacketCount);
        Assert.Equal(full, status);
        Assert.InRange(taken, TestDriver.RingSize, NicHardware.PacketCount - PlacementBench.ReceiveBuffers);
        return taken;
    }

    private static void Plug(PlacementBench bench)
    {
        bench.Nic.IsStuck = false;
        bench.Kernel.Interrupt(HostedKernel.NicLine);
    }

    private static Status Write(UserProgram program, long socket) => PlacementBench.Write(program, socket);

    private static void SetPolicy(UserProgram program, long socket, QueuePolicy policy)
        => Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.SetQueuePolicy, (ulong)policy));

    private static TheoryData<string, int> All(string[] placements)
    {
        TheoryData<string, int> all = [];
        foreach (string placement in placements)
        {
            all.Add(placement, 1);
            all.Add(placement, Dials.MaximumBatch);
        }
        return all;
    }
}
