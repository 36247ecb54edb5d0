// Layers, profile and rings of made-up traces. Code: tools/RingOS.Trace/TraceAnalyzer.cs. Next: TraceEventTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class TraceAnalyzerTests
{
    [Fact]
    public void EveryInstructionGoesToTheLayerOfItsMethod()
    {
        TraceReport report = OneWrite().Report();
        Assert.Equal(75, report.Instructions);
        Assert.Equal(
            new Dictionary<Layer, long>
            {
                [Layer.Application] = 10,
                [Layer.UserStub] = 5,
                [Layer.Syscall] = 20,
                [Layer.Net] = 12,
                [Layer.Link] = 8,
                [Layer.Switch] = 6,
                [Layer.Driver] = 9,
                [Layer.Interrupt] = 4,
                [Layer.Other] = 1,
            },
            report.Layers);
        Assert.Equal(1 / 75.0, report.OtherShare);
    }

    [Fact]
    public void OnlyTheWindowCounts()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 100, 3).Run(Begin, 3, 3).Run(Main, 10, 3).Run(Stub, 2, 3).Run(End, 9, 3);
        TraceReport report = system.Analyzer.Analyze(system.Trace, new TraceWindow(103, 115));
        Assert.Equal(12, report.Instructions);
        Assert.Equal(10, report.Layers[Layer.Application]);
        Assert.Equal(2, report.Layers[Layer.UserStub]);
        Assert.DoesNotContain(report.Methods, row => row.Method.Name == Begin);
    }

    [Fact]
    public void HelpersCountForTheirCaller()
    {
        TraceReport report = new SyntheticTrace()
            .Run(Send, 2).Run(Memmove, 10).Run(Send, 1, offset: 2).Run(Write, 1).Run(Memmove, 20).Report();
        Assert.Equal(13, report.Layers[Layer.Net]);
        Assert.Equal(21, report.Layers[Layer.Syscall]);
    }

    [Fact]
    public void HelpersOfHelpersCountForTheFirstCaller()
    {
        TraceReport report = new SyntheticTrace().Run(Send, 1).Run(PoolAt, 3).Run(Memmove, 4).Run(PoolAt, 1, offset: 3).Report();
        Assert.Equal(9, report.Layers[Layer.Net]);
    }

    [Fact]
    public void AnInterruptDoesNotTakeTheHelperItDivides()
    {
        TraceReport report = new SyntheticTrace().Run(Send, 1).Run(Memmove, 4).Run(Interrupt43, 3).Run(Memmove, 6, offset: 4).Report();
        Assert.Equal(11, report.Layers[Layer.Net]);
        Assert.Equal(3, report.Layers[Layer.Interrupt]);
    }

    [Fact]
    public void AHelperAtTheVeryBeginningIsOther()
        => Assert.Equal(4, new SyntheticTrace().Run(Memmove, 4).Report().Layers[Layer.Other]);

    [Fact]
    public void AddressesWithoutSymbolAreOther()
    {
        TraceReport report = new SyntheticTrace().Run(Send, 1).At(0x1234).At(0xFFFF_FFFF_FFFF_FFF0).Report();
        Assert.Equal(2, report.Layers[Layer.Other]);
        Assert.Equal("unknown", report.Methods[0].Method.Name);
    }

    [Fact]
    public void MethodsAreCountedAndSorted()
    {
        TraceReport report = new SyntheticTrace()
            .Run(Send, 3).Run(Copy, 4).Run(CopyTail, 2).Run(Send, 2).Run(Mystery, 1, offset: 5).Report();
        Assert.Equal(["copy_user", Send, Mystery], report.Methods.Select(row => row.Method.Name));
        Assert.Equal([6L, 5L, 1L], report.Methods.Select(row => row.Instructions));
        Assert.Equal([1L, 2L, 0L], report.Methods.Select(row => row.Entries));
    }

    [Fact]
    public void LevelsAreCounted()
    {
        TraceReport report = new SyntheticTrace().Run(Main, 5, 3).Run(Write, 7).Run(Driver, 2, 1).Report();
        Assert.Equal([7L, 2L, 0L, 5L], report.InstructionsPerCpl);
    }

    [Fact]
    public void AnEmptyWindowIsAllZero()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 5, 3);
        TraceReport report = system.Analyzer.Analyze(system.Trace, new TraceWindow(2, 2));
        Assert.Equal(0, report.Instructions);
        Assert.Equal(0, report.Events.RingCrossings);
        Assert.Equal(0, report.OtherShare);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(3, 2)]
    [InlineData(0, 6)]
    public void AWindowOutsideTheTraceIsRefused(int start, int end)
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 5, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => system.Analyzer.Analyze(system.Trace, new TraceWindow(start, end)));
    }

    private static SyntheticTrace OneWrite() => new SyntheticTrace()
        .Run(Main, 10, 3).Run(Stub, 5, 3).Run(SyscallEntry, 8).Run(Write, 5).Run(Copy, 7).Run(Send, 12).Run(Transfer, 8)
        .Run(Switch, 6).Run(Driver, 9, 3).Run(Interrupt43, 4).Run(Mystery, 1);
}
