// Ends of drivers at awkward moments: late callers, reused threads, supervisors that die. Subjects: kernel/placement/supervision/DriverCare.cs,
// kernel/ipc/KernelCall.cs, kernel/placement/links/QueueLink.cs. Next: DriverRestartTests.cs
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
public sealed class AwkwardEndTests
{
    private const ulong Pause = 10 * PlacementBench.Millisecond;

    [Theory]
    [InlineData("software")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public void ACallerThatIsLateDoesNotCutTheNewDriverOff(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, restarts: 1).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.WhenTransmitting = () =>
            {
                bench.Nic.WhenTransmitting = () => { };
                for (int hog = 0; hog < 2; hog++) // they are before the writer in the queue
                {
                    bench.Kernel.Start("hog", _ =>
                    {
                        bench.Kernel.Machine.Processor.Time += 2 * SupervisorProgram.Backoff;
                        bench.Kernel.Machine.TimerInterrupt();
                    });
                }
                bench.Die();
            };
            PlacementBench.Write(program, socket);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal([Status.Ok], bench.Supervisor.Starts);
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        bench.AssertConserved();
    }

    [Fact]
    public void AMachineThatRunsForLongHasNoSilentDriver()
    {
        using PlacementBench bench = new("ring3-queue");
        bench.Kernel.Machine.Processor.Time = 100 * PlacementBench.Second;
        bench.Place();
        bench.Kernel.Machine.RunFor(5 * PlacementBench.Millisecond);
        bench.Run((program, socket) => Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)));
        Assert.DoesNotContain("missed its deadline", bench.Kernel.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void TheThreadOfAKilledDriverMaySoonBeAPrograms()
    {
        using PlacementBench bench = new PlacementBench("software", restarts: 1).Place();
        bool isInDriver = false;
        bench.Supervisor.WhenReset = () => bench.Kernel.Start("other", program => isInDriver = program.Thread.IsInDriver);
        bench.Run(
            (program, socket) =>
            {
                bench.HangAtNextFrame();
                PlacementBench.Write(program, socket);
                program.Syscall(SyscallNumber.Sleep, 10 * PlacementBench.Second);
            },
            forAtMost: 20 * PlacementBench.Second);
        Assert.False(isInDriver);
    }

    [Theory]
    [InlineData("software")]
    [InlineData("ring3")]
    [InlineData("ring3-queue")]
    [InlineData("microkernel")]
    public void TheLineOfAPolledDeviceStaysMasked(string placement)
    {
        using PlacementBench bench = new PlacementBench($"{placement} interrupts=poll").Place();
        bench.Kernel.Cpu.Writes.Clear();
        bench.Run((program, _) => program.Syscall(SyscallNumber.Sleep, Pause));
        Assert.DoesNotContain(bench.Kernel.Cpu.Writes, static write => write.Port == 0xA1);
    }

    [Fact]
    public void ASupervisorOfAServiceHearsThatADriverDidNotStart()
    {
        using PlacementBench bench = new PlacementBench("microkernel", restarts: 2).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.StartStatus = Status.TimedOut;
            bench.DieAtNextFrame();
            PlacementBench.Write(program, socket);
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        Assert.All(bench.Supervisor.Starts, static status => Assert.NotEqual(Status.Ok, status));
        Assert.DoesNotContain("has a driver again", bench.Kernel.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ring3")]
    [InlineData("microkernel")]
    public void ASupervisorThatEndsTakesNoHealthyDriverWithIt(string placement)
    {
        using PlacementBench bench = new(placement, restarts: 1);
        bench.Kernel.Programs["supervisor"] = _ => { };
        bench.Place();
        bench.Run((program, socket) =>
        {
            for (int i = 0; i < 1000; i++)
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
        });
        bench.AssertConserved();
    }

    // A driver that was away for a while, less than its patience, finds its request ring full, and answers all of it at once.
    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void NoReportOfADriverThatCatchesUpIsDropped(int batch)
    {
        using PlacementBench bench = new PlacementBench("ring3-queue", batch: batch).Place();
        bench.Run(
            (program, socket) =>
            {
                program.Syscall(SyscallNumber.Sleep, Pause);
                bench.Nic.WhenTransmitting = () =>
                {
                    bench.Nic.WhenTransmitting = () => { };
                    bench.Kernel.Nucleus.Scheduler.BlockIn(new ThreadQueue(), bench.Kernel.Machine.Now + PlacementBench.Second);
                    for (int i = 0; i < NetworkStack.ReceiveBuffers; i++)
                        bench.Nic.Arriving.Enqueue(Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, 9, "late"u8.ToArray()));
                };
                for (int i = 0; i < NicHardware.PacketCount; i++)
                    PlacementBench.Write(program, socket);
                program.Syscall(SyscallNumber.Sleep, 3 * PlacementBench.Second);
            },
            forAtMost: 10 * PlacementBench.Second);
        bench.AssertConserved();
    }
}
