// The programs that the command line names, what they wait for, and the clock they see. Subjects: kernel/boot/FirstProgram.cs,
// kernel/threads/ProcessTable.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Kernel.Boot;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class FirstProgramTests
{
    private readonly List<string> _trace = [];

    [Fact]
    public void TheProgramStartsWhenItIsToldAndTheMachineLingers()
    {
        using HostedKernel kernel = NewKernel("start=250 linger=40 -- hello world");
        ulong begin = kernel.Machine.Now;
        kernel.Programs["hello"] = _ => _trace.Add($"{kernel.Machine.Now - begin}");
        Assert.Equal(GuestExit.Success, RunToTheEnd(kernel));
        Assert.Equal(["250000"], _trace);
        Assert.Equal(290_000ul, kernel.Machine.Now - begin);
    }

    [Fact]
    public void ACompanionRunsBesideItAndHasItsOwnWords()
    {
        using HostedKernel kernel = NewKernel("start=10 also=echo,-s,-u -- hello");
        kernel.Programs["echo"] = program => _trace.Add($"echo {kernel.Machine.Now}");
        kernel.Programs["hello"] = program => _trace.Add($"hello {kernel.Machine.Now}");
        Assert.Equal(GuestExit.Success, RunToTheEnd(kernel));
        Assert.Equal(["echo 1000000", "hello 1010000"], _trace);
    }

    [Theory]
    [InlineData("start=x -- hello")]
    [InlineData("start=-1 -- hello")]
    [InlineData("start=1.5 -- hello")]
    [InlineData("start=99999999999999999999999999 -- hello")]
    [InlineData("also=nobody,-s -- hello")]
    [InlineData("also=, -- hello")]
    [InlineData("also=,,,, -- hello")]
    [InlineData("also=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,b -- hello")]
    public void WhatCannotBeIsRefusedWithAReason(string line)
    {
        using HostedKernel kernel = NewKernel(line);
        kernel.Programs["hello"] = _ => _trace.Add("ran");
        Assert.Equal(GuestExit.BootFailed, RunToTheEnd(kernel));
        Assert.Contains("cannot start", kernel.Log, StringComparison.Ordinal);
        Assert.Empty(_trace);
    }

    [Fact]
    public void AProcessSeesSimulatedTimePass()
    {
        using HostedKernel kernel = new();
        kernel.Machine.Processor.IsSimulated = true;
        kernel.Start("clock", program =>
        {
            _trace.Add($"{program.SimulatedNow}");
            kernel.Nucleus.Processes.ShowTime(5_000_000);
            _trace.Add($"{program.SimulatedNow}");
        });
        kernel.Nucleus.Processes.ShowTime(4_000_000); // before it has run
        kernel.Machine.Run();
        kernel.Nucleus.Processes.ShowTime(6_000_000); // nobody is left to see it
        Assert.Equal(["4000000", "5000000"], _trace);
    }

    [Theory]
    [InlineData(false, "0")]
    [InlineData(true, "1000000")]
    public void WithoutSimulationTheWordIsZero(bool isSimulated, string seen)
    {
        using HostedKernel kernel = new();
        kernel.Machine.Processor.IsSimulated = isSimulated;
        kernel.Start("clock", program => _trace.Add($"{program.SimulatedNow}"));
        kernel.Machine.Run();
        Assert.Equal([seen], _trace);
    }

    private static HostedKernel NewKernel(string line) => new(line, "bin/hello", "bin/echo");

    private static GuestExit RunToTheEnd(HostedKernel kernel)
        => Assert.Throws<MachineOffException>(() =>
        {
            FirstProgram.Start(kernel.Nucleus);
            kernel.Machine.Run();
        }).Reason;
}
