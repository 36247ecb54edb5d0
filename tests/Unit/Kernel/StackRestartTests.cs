// The network service dies and comes back: its sockets are gone and say so, new ones work, and every packet has one owner again.
// Subjects: kernel/placement/microkernel/StackDomain.cs, StackCare.cs, RemoteSockets.cs, kernel/sockets/Socket.cs. Next: DriverRestartTests.cs
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
public sealed class StackRestartTests
{
    private const ulong Outage = 10 * PlacementBench.Millisecond;
    private const ulong LongEnough = 20 * PlacementBench.Second;

    public static TheoryData<string, int> Ends
    {
        get
        {
            TheoryData<string, int> ends = [];
            foreach (string end in new[] { "fault", "exit", "kill", "silent" })
            {
                ends.Add(end, 1);
                ends.Add(end, Dials.MaximumBatch);
            }
            return ends;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void OldSocketsSayThatTheyAreGoneAndNewOnesWork(string end, int batch)
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 3, batch: batch).Place();
        List<Status> answers = [];
        bench.Run(
            (program, socket) =>
            {
                EndAtNextFrame(bench, end);
                answers.Add(PlacementBench.Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, end == "silent" ? 10 * PlacementBench.Second : Outage);
                Assert.Equal(2, bench.Net.Starts);
                answers.Add(PlacementBench.Write(program, socket));
                answers.Add(Enum.Parse<Status>(program.Read((int)socket, 10)));
                using UserBuffer address = UserBuffer.Of(new SocketAddress { Address = Wire.Gateway, Port = 7 });
                answers.Add(program.Fail(SyscallNumber.Connect, (ulong)socket, address.Address));
                answers.Add(program.Fail(SyscallNumber.Bind, (ulong)socket, address.Address));
                answers.Add(program.Fail(SyscallNumber.SendTo, (ulong)socket, address.Address, 1, address.Address));
                answers.Add(program.Fail(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.GetLocalAddress, address.Address));
                long other = program.SocketTo(Wire.Gateway, 5001); // may well have the number of the old one in the stack
                answers.Add(PlacementBench.Write(program, socket));
                Assert.Equal(0, program.Syscall(SyscallNumber.Close, (ulong)socket));
                for (int i = 0; i < 3 * NicHardware.PacketCount; i++)
                    PlacementBench.Write(program, other);
                program.Syscall(SyscallNumber.Sleep, Outage);
                Assert.Equal("hello", Receive(bench, program, other));
            },
            LongEnough);
        Assert.Single(bench.StackSupervisor.Starts);
        if (batch > 1 && end == "kill")
            answers.RemoveAt(0); // the first frame was collected, and its writer on its way
        Assert.All(answers, static answer => Assert.Equal(Status.NetworkReset, answer));
        Assert.Empty(bench.Supervisor.Starts);
        bench.AssertConserved();
    }

    [Fact]
    public void PacketsAreConservedThroughSeveralRestarts()
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 5).Place();
        bench.Run(
            (program, _) =>
            {
                for (int round = 0; round < 5; round++)
                {
                    long socket = program.SocketTo(Wire.Gateway, 5001);
                    for (int i = 0; i < 40; i++)
                        Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                    EndAtNextFrame(bench, "fault");
                    Assert.Equal(Status.NetworkReset, PlacementBench.Write(program, socket));
                    program.Syscall(SyscallNumber.Sleep, 50 * PlacementBench.Millisecond);
                    program.Syscall(SyscallNumber.Close, (ulong)socket);
                }
            },
            PlacementBench.Second);
        Assert.Equal(6, bench.Net.Starts);
        bench.AssertConserved();
        Assert.Equal(0, bench.Stack.CountPackets(PacketOwner.Caller));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("room")]
    [InlineData("connect")]
    [InlineData("outcome")]
    public void WhoWaitsForSomethingOfItIsTold(string where)
    {
        CompletionMode completion = where == "outcome" ? CompletionMode.Wait : CompletionMode.Queued;
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 1, completion: completion).Place();
        List<Status> answers = [];
        bench.Run(
            (program, _) =>
            {
                bench.Kernel.Start("waiter", other => answers.Add(WaitIn(bench, other, where)));
                program.Syscall(SyscallNumber.Sleep, Outage);
                Assert.Empty(answers);
                Kill(bench, "net");
                bench.Nic.IsStuck = false;
                program.Syscall(SyscallNumber.Sleep, Outage);
                Assert.Equal([Status.NetworkReset], answers);
                Assert.Equal("hello", Receive(bench, program, program.SocketTo(Wire.Gateway, 5001)));
            },
            PlacementBench.Second);
        bench.AssertConserved();
    }

    // Whichever supervisor comes first.
    [Theory]
    [InlineData(0ul, 0ul)]
    [InlineData(0ul, 3ul)]
    [InlineData(3ul, 0ul)]
    public void BothMayDieTogether(ulong driverLater, ulong stackLater)
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 3).Place();
        bench.Supervisor.WhenTold = () => bench.Kernel.Machine.Sleep(driverLater * PlacementBench.Millisecond);
        bench.StackSupervisor.WhenTold = () => bench.Kernel.Machine.Sleep(stackLater * PlacementBench.Millisecond);
        bench.Run((program, socket) =>
        {
            bench.Nic.WhenTransmitting = () =>
            {
                bench.Nic.WhenTransmitting = () => { };
                Kill(bench, "net");
                bench.Die();
            };
            Assert.Equal(Status.NetworkReset, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, 3 * Outage);
            Assert.Equal("hello", Receive(bench, program, program.SocketTo(Wire.Gateway, 5001)));
        });
        Assert.All(bench.Supervisor.Starts.Concat(bench.StackSupervisor.Starts), static status => Assert.Equal(Status.Ok, status));
        bench.AssertConserved();
    }

    [Fact]
    public void TheDriverMayDieWhileTheServiceIsRestarted()
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 3).Place();
        bench.StackSupervisor.WhenReset = () =>
        {
            bench.StackSupervisor.WhenReset = () => { };
            bench.Nic.WhenLent = () =>
            {
                bench.Nic.WhenLent = () => { };
                bench.Die();
            };
        };
        bench.Run((program, socket) =>
        {
            EndAtNextFrame(bench, "fault");
            Assert.Equal(Status.NetworkReset, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, 5 * Outage);
            Assert.Equal("hello", Receive(bench, program, program.SocketTo(Wire.Gateway, 5001)));
        });
        bench.AssertConserved();
    }

    [Fact]
    public void TheServiceMayDieWhileTheDriverIsRestarted()
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 3).Place();
        bench.Supervisor.WhenReset = () => bench.Nic.WhenLent = () =>
        {
            bench.Nic.WhenLent = () => { };
            Kill(bench, "net");
        };
        bench.Run((program, socket) =>
        {
            bench.DieAtNextFrame();
            Assert.Equal(Status.NoBufferSpace, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, 5 * Outage);
            Assert.Equal(Status.NetworkReset, PlacementBench.Write(program, socket));
            Assert.Equal("hello", Receive(bench, program, program.SocketTo(Wire.Gateway, 5001)));
        });
        Assert.Equal([Status.Ok], bench.Supervisor.Starts);
        bench.AssertConserved();
    }

    [Fact]
    public void AfterTheLastRestartTheNetworkIsDown()
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 1).Place();
        bench.Run((program, socket) =>
        {
            for (int round = 0; round < 2; round++)
            {
                long other = program.SocketTo(Wire.Gateway, 5001);
                EndAtNextFrame(bench, "fault");
                PlacementBench.Write(program, other);
                program.Syscall(SyscallNumber.Sleep, Outage);
            }
            Assert.Equal(Status.NetworkDown, PlacementBench.Write(program, socket));
            Assert.Equal(Status.NetworkDown, program.Fail(SyscallNumber.Socket, (ulong)SocketKind.Datagram));
            Assert.Equal($"{Status.NetworkDown}", program.Read(socket, 10));
        });
        Assert.False(bench.Kernel.IsNicEnabled);
    }

    [Fact]
    public void WithoutASupervisorItIsAnErrorForGood()
    {
        using PlacementBench bench = new PlacementBench("microkernel").Place();
        bench.Run((program, socket) =>
        {
            EndAtNextFrame(bench, "fault");
            Assert.Equal(Status.IoError, PlacementBench.Write(program, socket));
            Assert.Equal(Status.IoError, PlacementBench.Write(program, socket));
            Assert.Equal(Status.IoError, program.Fail(SyscallNumber.Socket, (ulong)SocketKind.Datagram));
        });
    }

    // Five calls of a driver that takes two periods each are more than the kernel allows the service: the driver is to blame.
    [Fact]
    public void ADriverThatIsSlowWithinItsPatienceDoesNotCondemnTheService()
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 2).Place();
        bench.Run(
            (program, socket) =>
            {
                bench.Nic.WhenTransmitting = () =>
                {
                    bench.Kernel.Machine.Sleep(2 * PlacementBench.Second);
                    bench.Nic.Arriving.Enqueue(Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, 9, "x"u8.ToArray()));
                };
                bench.Nic.WhenLent = () => bench.Kernel.Machine.Sleep(2 * PlacementBench.Second);
                for (int i = 0; i < 5; i++)
                    PlacementBench.Write(program, socket);
                bench.Nic.WhenTransmitting = () => { };
                bench.Nic.WhenLent = () => { };
                program.Syscall(SyscallNumber.Sleep, 20 * PlacementBench.Second);
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)); // the socket lives
                Assert.Equal("hello", Receive(bench, program, socket));
            },
            200 * PlacementBench.Second);
        Assert.Equal((1, 0), (bench.Net.Starts, bench.StackSupervisor.Starts.Count));
        bench.AssertConserved();
    }

    private static void EndAtNextFrame(PlacementBench bench, string end)
        => bench.Net.WhenTransmitting = () =>
        {
            bench.Net.WhenTransmitting = () => { };
            UserProgram self = new(bench.Kernel, bench.Kernel.Nucleus.Scheduler.Current);
            switch (end)
            {
                case "fault":
                    bench.Die();
                    break;
                case "exit":
                    self.Syscall(SyscallNumber.Exit, 3);
                    break;
                case "silent":
                    self.Syscall(SyscallNumber.Sleep, 1000 * PlacementBench.Second);
                    break;
                default: // while it is in a call of its driver
                    bench.Nic.WhenTransmitting = () =>
                    {
                        bench.Nic.WhenTransmitting = () => { };
                        Kill(bench, "net");
                    };
                    break;
            }
        };

    // As its supervisor would, and it hears of it.
    private static void Kill(PlacementBench bench, string name)
    {
        Process process = bench.ProcessOf(name)!;
        bench.Kernel.Nucleus.Processes.End(process);
        process.End = ProcessEnd.Exited;
        process.Observer!.OnProcessEnded(process);
    }

    private static string Receive(PlacementBench bench, UserProgram program, long socket)
    {
        Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
        byte[] sent = bench.Nic.Sent[^1];
        bench.Nic.Arriving.Enqueue(Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, Wire.Get16(sent, 34), "hello"u8.ToArray()));
        Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)); // an interrupt
        Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.SetReceiveTimeout, Outage));
        return program.Read(socket, 100);
    }

    private static Status WaitIn(PlacementBench bench, UserProgram program, string where)
    {
        if (where == "connect")
        {
            bench.Nic.Outcomes.Enqueue(TransmitOutcome.Aborted); // nobody hears the question for the hop
            using UserBuffer silent = UserBuffer.Of(new SocketAddress { Address = Wire.Gateway + 5, Port = 7 });
            long fresh = program.Syscall(SyscallNumber.Socket, (ulong)SocketKind.Datagram);
            return program.Fail(SyscallNumber.Connect, (ulong)fresh, silent.Address);
        }
        long socket = program.SocketTo(Wire.Gateway, 7);
        if (where == "read")
            return Enum.Parse<Status>(program.Read(socket, 10));
        bench.Nic.IsStuck = true;
        program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.SetQueuePolicy, (ulong)QueuePolicy.Block);
        Status status = Status.Ok;
        for (int i = 0; i < NicHardware.PacketCount && status == Status.Ok; i++)
            status = PlacementBench.Write(program, socket);
        return status;
    }
}
