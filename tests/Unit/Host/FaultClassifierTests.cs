// From a machine's words to the outcome of its fault. Subject: tools/RingOS.Host/Faults/FaultClassifier.cs. Back to: FaultTrialTests.cs
using System;
using System.Linq;
using RingOS.Host.Faults;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class FaultClassifierTests
{
    private const string Fault = """
        {"@l":"Error","@mt":"process {Name} ended by {Exception} at {Instruction}","Name":"nic","Exception":"page fault (#PF)","Vector":14,"ErrorCode":35,"Ring":1,"Instruction":"0x1"}
        """;

    private const string Restart = """{"@mt":"driver {Reason}: restart {Number} of {Limit}","Reason":"faulted","Number":1,"Limit":3}""";
    private const string GivenUp = """{"@mt":"driver {Reason}: given up after {Number} of {Limit} restarts","Reason":"exited","Number":3,"Limit":3}""";

    private const string Window = """
        {"@mt":"iperf window: {Datagrams} datagrams","Datagrams":2000,"OutageTicks":1234567,"OutageDatagrams":17}
        """;

    private const string Canary = """{"@l":"Error","@mt":"the canary is dead: {Value}","Value":"0xdeadbeefdeadbeef"}""";
    private const string WriteProtect = """{"@l":"Error","@mt":"CR0 write protection is off"}""";

    private static readonly FaultOptions s_options = new();

    [Fact]
    public void ADriverThatCameBackAndSentIsRestarted()
    {
        (string outcome, string detail) = Classify(GuestEnding.Success, 1998, Fault, Restart, Window);
        Assert.Equal(Outcome.Restarted, outcome);
        Assert.Equal("page fault (#PF), error 0x23 in ring 1; 2 datagrams lost; 17 writes refused in 1,234,567 ticks", detail);
    }

    [Theory]
    [InlineData(GuestEnding.Success, 1200)] // as many as were sent before the fault
    [InlineData(GuestEnding.Success, 0)]
    [InlineData(GuestEnding.ProgramFailed, 1900)]
    public void ComingBackIsNotEnough(GuestEnding ending, long received)
        => Assert.Equal(Outcome.NoNic, Classify(ending, received, Fault, Restart, Window).Outcome);

    [Fact]
    public void ADriverThatStaysAwayLeavesTheKernelAlive()
        => Assert.Equal(Outcome.NoNic, Classify(GuestEnding.ProgramFailed, 0, GivenUp, Window).Outcome);

    [Theory]
    [InlineData(Outcome.NoNic, GivenUp, "[  1] 0.00-1.00 sec")]
    [InlineData(Outcome.Hang, "[  1] 0.00-1.00 sec", GivenUp)]
    [InlineData(Outcome.Hang, "[  1] 0.00-1.00 sec")]
    public void AProgramThatPrintsAfterTheLossHasAKernel(string outcome, params string[] lines)
        => Assert.Equal(outcome, Classify(GuestEnding.Hung, 0, lines).Outcome);

    [Theory]
    [InlineData(Canary, "the canary is dead: \"0xdeadbeefdeadbeef\"")]
    [InlineData(WriteProtect, "CR0 write protection is off")]
    public void CorruptionCountsMoreThanComingBack(string said, string detail)
        => Assert.Equal((Outcome.SilentCorruption, detail), Classify(GuestEnding.Success, 2000, Restart, Window, said));

    [Fact]
    public void APanicSaysWhy()
        => Assert.Equal((Outcome.Panic, "the driver gives up"), Classify(GuestEnding.Panicked, 0, "", "KERNEL PANIC: the driver gives up"));

    [Theory]
    [InlineData(GuestEnding.Hung, Outcome.Hang)]
    [InlineData(GuestEnding.Reset, Outcome.Reset)]
    [InlineData(GuestEnding.BootFailed, Outcome.NotStarted)]
    [InlineData(GuestEnding.MachineFailed, Outcome.NotStarted)]
    public void OtherEndsAreTold(GuestEnding ending, string outcome) => Assert.Equal(outcome, Classify(ending, 0).Outcome);

    [Fact]
    public void AFaultThatNobodyNoticedIsNotPassedForAWallThatHeld()
        => Assert.Equal(Outcome.NoEffect, Classify(GuestEnding.Success, 2000, Window).Outcome);

    private static (string Outcome, string Detail) Classify(GuestEnding ending, long received, params string[] lines)
    {
        GuestRun run = new()
        {
            Ending = ending,
            Lines = [.. lines.Select(static line => new SerialLine(line.Trim(), GuestEventReader.Read(line.Trim())))],
            Elapsed = TimeSpan.FromSeconds(1),
        };
        return FaultClassifier.Classify(run, s_options, received);
    }
}
