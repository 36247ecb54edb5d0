// What a service may ask of the kernel is in its grant, and nothing else. Subjects: kernel/threads/SyscallSet.cs, kernel/syscalls/Refusal.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class SyscallSetTests
{
    private static readonly SyscallNumber[] s_common = [SyscallNumber.Null, SyscallNumber.Exit, SyscallNumber.Clock, SyscallNumber.Sleep];

    private static readonly SyscallNumber[] s_driver =
        [.. s_common, SyscallNumber.Write, SyscallNumber.Receive, SyscallNumber.ReplyReceive, SyscallNumber.Signal, SyscallNumber.Acknowledge];

    private static readonly SyscallNumber[] s_network =
        [.. s_common, SyscallNumber.Write, SyscallNumber.Call, SyscallNumber.Receive, SyscallNumber.ReplyReceive, SyscallNumber.Signal];

    private static readonly SyscallNumber[] s_supervisor = [.. s_common, SyscallNumber.Write, SyscallNumber.Wait, SyscallNumber.Ioctl];

    public static TheoryData<string, string> Services => new()
    {
        { "ring1", "nic" },
        { "ring3", "nic" },
        { "ring3-queue", "nic" },
        { "microkernel", "nic" },
        { "microkernel", "net" },
        { "ring3", "supervisor" },
    };

    // With the handles that it has and with one that it has not: never the kernel's network, files or devices.
    [Theory]
    [MemberData(nameof(Services))]
    public void WhatIsNotInTheGrantIsNotPermitted(string placement, string service)
    {
        SyscallNumber[] granted = service == "nic" ? s_driver : service == "net" ? s_network : s_supervisor;
        List<(SyscallNumber Number, ulong Handle, Status Status)> answers = [];
        using PlacementBench bench = new(placement, restarts: 1);
        Action<UserProgram> usual = bench.Kernel.Programs[service];
        bench.Kernel.Programs[service] = program =>
        {
            foreach (SyscallNumber number in Enum.GetValues<SyscallNumber>().Except(granted))
            {
                for (ulong handle = 0; handle <= 12; handle++)
                    answers.Add((number, handle, program.Fail(number, handle, 1)));
            }
            usual(program);
        };
        bench.Place();
        bench.Run((program, socket) => Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)));
        Assert.NotEmpty(answers);
        Assert.All(answers, static answer => Assert.Equal((answer.Number, answer.Handle, Status.NotPermitted), answer));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void WhatIsInTheGrantIsBoundedByHandles(string placement, string service)
    {
        List<Status> answers = [];
        using PlacementBench bench = new(placement, restarts: 1);
        Action<UserProgram> usual = bench.Kernel.Programs[service];
        bench.Kernel.Programs[service] = program =>
        {
            answers.Add(program.Fail(SyscallNumber.Write, 30, 0, 0));
            usual(program);
        };
        bench.Place();
        bench.Run((program, socket) => Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)));
        Assert.Equal([Status.BadHandle], answers);
    }

    [Theory]
    [InlineData("microkernel", "nic", false)]
    [InlineData("microkernel", "net", false)]
    [InlineData("ring3", "supervisor", true)]
    public void InGradedRunsTheConsoleIsTheProgramsAndTheKernels(string placement, string service, bool hasConsole)
    {
        List<long> answers = [];
        using PlacementBench bench = new($"{placement} console=programs", restarts: 1);
        Action<UserProgram> usual = bench.Kernel.Programs[service];
        bench.Kernel.Programs[service] = program =>
        {
            answers.Add(program.Write(WellKnownHandle.StandardOutput, "forged"u8));
            usual(program);
        };
        bench.Place();
        bench.Run((program, socket) => Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)));
        Assert.Equal([hasConsole ? "forged".Length : -(long)Status.NotPermitted], answers);
        Assert.Equal(hasConsole, bench.Kernel.Log.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    public void AProgramMayMakeEveryCall()
        => Assert.All(Enum.GetValues<SyscallNumber>(), static number => Assert.True(SyscallSet.Program.Contains(number)));

    [Fact]
    public void TheSetHasRoomForEveryNumber()
        => Assert.True(Enum.GetValues<SyscallNumber>().Length <= 32);
}
