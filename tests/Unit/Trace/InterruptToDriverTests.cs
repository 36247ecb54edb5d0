// How far it is from an interrupt to the driver. Code: tools/RingOS.Trace/InterruptStopwatch.cs. Next: TracePropertyTests.cs
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class InterruptToDriverTests
{
    [Fact]
    public void ItIsCountedFromTheFirstInstructionOfTheEntryToTheFirstOfTheHandler()
    {
        TraceReport report = new SyntheticTrace()
            .Run(Main, 5, 3).Run(Interrupt43, 2).Run(InterruptCommon, 7).Run(Switch, 4).Run(DriverInterrupt, 9, 3).Report();
        Assert.Equal([2 + 7 + 4], report.InterruptsToDriver);
        Assert.Equal(13, report.InterruptToDriver);
    }

    [Fact]
    public void WhatTheDriverStillServesIsPartOfIt()
        => Assert.Equal([2 + 30], new SyntheticTrace()
            .Run(Driver, 3, 3).Run(Interrupt43, 2).Run(Driver, 30, 3, offset: 3).Run(DriverInterrupt, 4, 3).Report().InterruptsToDriver);

    [Fact]
    public void AHandlerWithoutAnInterruptIsNone()
    {
        TraceReport report = new SyntheticTrace()
            .Run(DriverInterrupt, 4, 3).Run(Interrupt43, 3).Run(DriverInterrupt, 4, 3)
            .Run(Driver, 2, 3).Run(DriverInterrupt, 4, 3).Report();
        Assert.Equal([3], report.InterruptsToDriver);
    }

    [Fact]
    public void TheTimerIsNoDevice()
    {
        const string Timer = "isr_64"; // LocalTimer.Vector
        SymbolMap symbols = new(
            [new ImageSymbols("kernel", 0, [(Timer, 0x100, 16), (Interrupt43, 0x110, 16), (DriverInterrupt, 0x120, 16)])]);
        ExecutionTrace trace = new();
        foreach (ulong address in (ulong[])[0x100, 0x120, 0x110, 0x111, 0x100, 0x101, 0x120])
            trace.Append(address, 0);
        Assert.Equal([4], new TraceAnalyzer(symbols).Analyze(trace, TraceWindow.Whole(trace)).InterruptsToDriver);
    }

    [Theory]
    [InlineData("isr_31", false)]
    [InlineData("isr_32", true)]
    [InlineData("isr_47", true)]
    [InlineData("isr_48", false)]
    [InlineData("isr_common", false)]
    [InlineData("isr_4a", false)]
    public void OnlyLinesOfTheInterruptControllerAreEntries(string label, bool expected)
        => Assert.Equal(expected, EventRules.Default.Device.IsEntry(label));

    [Fact]
    public void TheMedianIgnoresWhatIsFarOut()
    {
        SyntheticTrace system = new();
        foreach (int distance in (int[])[4, 60, 2, 3])
            system.Run(Interrupt43, distance).Run(DriverInterrupt, 2);
        TraceReport report = system.Report();
        Assert.Equal([4, 60, 2, 3], report.InterruptsToDriver);
        Assert.Equal(4, report.InterruptToDriver);
    }

    [Fact]
    public void WithoutAnInterruptThereIsNoMedian() => Assert.Null(new SyntheticTrace().Run(DriverInterrupt, 2).Report().InterruptToDriver);

    [Fact]
    public void ASumKeepsAll()
    {
        TraceReport report = new SyntheticTrace().Run(Interrupt43, 6).Run(DriverInterrupt, 2).Report();
        TraceReport other = new SyntheticTrace().Run(Interrupt43, 8).Run(DriverInterrupt, 2).Report();
        Assert.Equal([6, 8], TraceReport.Sum([report, other]).InterruptsToDriver);
    }
}
