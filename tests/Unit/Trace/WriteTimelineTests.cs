// One write() from the stub to the completion. Code: tools/RingOS.Trace/WriteTimelineBuilder.cs. Next: TimelineFoldTests.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class WriteTimelineTests
{
    private const string Program = "iperf";

    [Fact]
    public void WritesBeginAtTheStubThatLeadsToASocket()
    {
        SyntheticTrace system = new SyntheticTrace()
            .Run(Begin, 2, 3)
            .Run(Main, 1, 3).Run(Stub, 2, 3).Run(SyscallEntry, 3).Run(SocketWrite, 4).Run(Stub, 1, 3, 2)
            .Run(Main, 1, 3, 1).Run(Stub, 2, 3).Run(SyscallEntry, 3).Run(Stub, 1, 3, 2) // another system call
            .Run(Main, 1, 3, 1).Run(Stub, 2, 3).Run(SyscallEntry, 3).Run(SocketWrite, 4).Run(Stub, 1, 3, 2)
            .Run(End, 1, 3).Run(Main, 1, 3).Run(Stub, 2, 3).Run(SocketWrite, 1); // behind the window
        Assert.Equal([3, 21], WriteFinder.Starts(system.Recorded(), system.Symbols, Program));
    }

    [Fact]
    public void AWriteWhoseBeginningWasNotRecordedIsNone()
    {
        SyntheticTrace system = new SyntheticTrace()
            .Run(SocketWrite, 4).Run(Stub, 1, 3, 2).Run(Main, 1, 3, 1).Run(Stub, 2, 3).Run(SocketWrite, 4).Run(Stub, 1, 3, 2).Run(End, 1, 3);
        Assert.Equal([6], WriteFinder.Starts(system.Recorded(), system.Symbols, Program));
    }

    [Fact]
    public void AKernelWithoutSocketsIsAnError()
        => Assert.Throws<TraceFormatException>(() => WriteFinder.Starts(new RecordedRun(new ExecutionTrace(), 0, 1), new SymbolMap([]), Program));

    [Fact]
    public void AWriteGoesDownThroughTheDomainsAndComesBack()
    {
        WriteTimeline timeline = Build(Call(new SyntheticTrace().Run(Main, 1, 3)).Run(Main, 1, 3, 1));

        Assert.Equal(
            [Phase.Stub, Phase.Syscall, Phase.Copy, Phase.Headers, Phase.Message, Phase.Switch, Phase.Driver, Phase.Descriptor,
                Phase.Doorbell, Phase.Interrupt, Phase.Driver, Phase.Interrupt, Phase.Report, Phase.Switch, Phase.Completion,
                Phase.Headers, Phase.Stub],
            timeline.Steps.Select(step => step.Phase));
        Assert.Equal([new Lane(3, "iperf"), new Lane(0, "kernel"), new Lane(1, "e1000")], timeline.Lanes);
        Assert.Equal(timeline.Length, timeline.Returned);
        Assert.Equal(Stamp(timeline, Phase.Doorbell) + 2, timeline.Doorbell); // its register write
        Assert.Equal(Stamp(timeline, Phase.Completion) + 4, timeline.Completed);
        Assert.Equal(6, timeline.Report.Events.RingCrossings);
        Assert.Equal(timeline.Length, timeline.Report.Instructions);
    }

    [Fact]
    public void StepsNameTheirMethodsAndSourceLines()
    {
        WriteTimeline timeline = Build(Call(new SyntheticTrace().Run(Main, 1, 3)).Run(Main, 1, 3, 1));
        TimelineStep doorbell = timeline.Steps.First(step => step.Phase == Phase.Doorbell);
        Assert.Equal(["Controller.ProvideTransmit", "MappedMmioRegion.MmioStore"], doorbell.Slices.Select(slice => slice.Method.Short()));
        Assert.Equal("RingDoorbell(tail);", Assert.Single(doorbell.Slices[0].Lines).Text);
    }

    [Fact]
    public void ACompletionAfterTheReturnIsWaitedForAndWhatComesBetweenIsOneStep()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 1, 3)
            .Run(Stub, 2, 3).Run(SocketWrite, 3).Run(Driver, 1, 1, TailOffset).Run(Store, 1, 1).Run(Stub, 1, 3, 2) // 1..8
            .Run(Main, 5, 3, 1).Run(SyscallEntry, 4).Run(Main, 2, 3, 1) // 9..19, nothing of this frame's
            .Run(Interrupt43, 3).Run(DriverInterrupt, 2, 1, ReportOffset).Run(Link, 2).Run(Switch, 1).Run(Link, 3, offset: 2)
            .Run(Main, 7, 3, 1);

        WriteTimeline timeline = Build(system);

        Assert.Equal(8, timeline.Returned);
        TimelineStep meanwhile = Assert.Single(timeline.Steps, step => step.Phase == Phase.Meanwhile);
        Assert.Equal((8, 11), (meanwhile.Stamp, meanwhile.Length));
        Assert.Equal(Phase.Completion, timeline.Steps[^1].Phase);
        Assert.Equal(30, timeline.Completed);
        Assert.Equal(30, timeline.Length);
        Assert.Equal(30 - 11, timeline.Report.Instructions);
    }

    [Fact]
    public void ALookIntoTheRingBeforeTheDriverReportsIsNoCompletion()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 1, 3)
            .Run(Stub, 2, 3).Run(Link, 2).Run(Switch, 1).Run(Driver, 1, 1, TailOffset).Run(Store, 1, 1).Run(Switch, 1).Run(Link, 2, offset: 2)
            .Run(Main, 1, 3, 1)
            .Run(DriverInterrupt, 2, 1, ReportOffset).Run(Link, 1, offset: 4).Run(Main, 1, 3, 1);
        Assert.Equal(10 + 1 + 2 + 1, Build(system).Completed);
    }

    [Fact]
    public void AFrameThatIsNeverReportedEndsWithTheReturn()
    {
        WriteTimeline timeline = Build(new SyntheticTrace().Run(Main, 1, 3).Run(Stub, 2, 3).Run(SocketWrite, 3).Run(Main, 9, 3, 1));
        Assert.Null(timeline.Doorbell);
        Assert.Null(timeline.Completed);
        Assert.Equal(5, timeline.Length);
    }

    [Fact]
    public void TheWriteThatFillsABatchIsTheOneWithADoorbell()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Begin, 1, 3);
        for (int i = 0; i < 4; i++)
            system = Call(system.Run(Main, 1, 3, 1), rings: i == 2);
        system.Run(Main, 1, 3, 1).Run(End, 1, 3);
        IReadOnlyList<int> starts = WriteFinder.Starts(system.Recorded(), system.Symbols, Program);
        Assert.Equal(4, starts.Count);
        WriteTimelineBuilder builder = new(system.Trace, system.Symbols, system.Lines, Program);
        Assert.Equal(2, builder.FirstWithDoorbell(starts, 1));
        Assert.Equal(3, builder.FirstWithDoorbell(starts, 3));
    }

    [Theory]
    [InlineData("RingOS_Kernel_RingOS_Kernel_Sockets_Socket__Write", "Socket.Write")]
    [InlineData("RingOS_Kernel_RingOS_Kernel_Ipc_Endpoint___ctor", "Endpoint._ctor")]
    [InlineData("copy_user", "copy_user")]
    [InlineData("__security", "__security")]
    public void MethodsHaveShortNames(string name, string expected) => Assert.Equal(expected, new Method(1, "kernel", name).Short());

    private static WriteTimeline Build(SyntheticTrace system)
        => new WriteTimelineBuilder(system.Trace, system.Symbols, system.Lines, Program).Build(1);

    private static int Stamp(WriteTimeline timeline, Phase phase) => timeline.Steps.First(step => step.Phase == phase).Stamp;

    // A driver in ring 1 whose interrupt is served before it answers.
    private static SyntheticTrace Call(SyntheticTrace system, bool rings = true)
    {
        system.Run(Stub, 2, 3).Run(SyscallEntry, 3).Run(SocketWrite, 2).Run(Copy, 5).Run(Send, 4);
        if (rings)
        {
            system.Run(Link, 3).Run(Switch, 2)
                .Run(Driver, TailOffset + 2, 1).Run(Store, 1, 1).Run(Interrupt43, 3).Run(Driver, 1, 1, TailOffset + 8)
                .Run(DriverInterrupt, ReportOffset + 4, 1).Run(Switch, 2).Run(Link, 4, offset: 3);
        }
        return system.Run(Send, 2, offset: 4).Run(Stub, 1, 3, 2);
    }
}
