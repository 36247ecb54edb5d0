// Events that a trace shows by itself. Code: tools/RingOS.Trace/EventCounter.cs. Next: InterruptToDriverTests.cs
using System.Collections.Generic;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class TraceEventTests
{
    [Fact]
    public void CrossingsAreCountedByKind()
    {
        TraceEvents events = new SyntheticTrace()
            .Run(Main, 2, 3).Run(Write, 2).Run(Main, 1, 3).Run(Write, 1).Run(Driver, 3, 1).Run(Write, 1).Report().Events;
        Assert.Equal(5, events.RingCrossings);
        Assert.Equal(
            new Dictionary<RingCrossing, long> { [new(3, 0)] = 2, [new(0, 3)] = 1, [new(0, 1)] = 1, [new(1, 0)] = 1 },
            events.CrossingsByKind);
        Assert.Equal("3->0", new RingCrossing(3, 0).ToString());
    }

    [Fact]
    public void ACrossingBelongsToTheWindowOfItsSecondInstruction()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 2, 3).Run(Write, 2).Run(Main, 2, 3);
        Assert.Equal(1, Crossings(system, 2, 4));
        Assert.Equal(0, Crossings(system, 3, 4));
        Assert.Equal(1, Crossings(system, 3, 5));
        Assert.Equal(2, Crossings(system, 0, 6));
    }

    [Fact]
    public void AnInterruptThatWaitedForTheReturnHidesTwoCrossings()
    {
        TraceEvents events = new SyntheticTrace()
            .Run(Main, 1, 3).Run(SyscallEntry, 4).Run(Interrupt43, 2).Run(InterruptReturn, 2).Run(Main, 1, 3, 1).Report().Events;
        Assert.Equal(new Dictionary<RingCrossing, long> { [new(3, 0)] = 2, [new(0, 3)] = 2 }, events.CrossingsByKind);
    }

    [Fact]
    public void AnInterruptOfTheIdleKernelHidesNothing()
        => Assert.Equal(0, new SyntheticTrace().Run(Switch, 4).Run(Interrupt43, 2).Run(Switch, 1, offset: 4).Report().Events.RingCrossings);

    [Fact]
    public void MarkedRoutinesAreCountedWhenTheyAreEntered()
    {
        TraceEvents events = new SyntheticTrace()
            .Run(Transfer, 9).Run(Switch, 2).Run(LoadCr3, 3).Run(Switch, 1, offset: 2).Run(Transfer, 4, offset: 9)
            .Run(Signal, 5).Run(Transfer, 1).Run(LoadCr3, 1)
            .Run(Driver, 1).Run(Load, 2).Run(Driver, 1, offset: 1).Run(Load, 2).Run(Driver, 1, offset: 2).Run(Store, 2).Run(Load, 1)
            .Report().Events;
        Assert.Equal(2, events.Messages);
        Assert.Equal(1, events.Notifications);
        Assert.Equal(2, events.AddressSpaceSwitches);
        Assert.Equal(3, events.MmioReads);
        Assert.Equal(1, events.MmioWrites);
        Assert.Equal(0, events.Interrupts);
    }

    [Fact]
    public void ALoopBackToTheFirstInstructionIsNoEntry()
        => Assert.Equal(1, new SyntheticTrace().Run(Send, 1).Run(Transfer, 3).Run(Transfer, 3).Report().Events.Messages);

    [Fact]
    public void AnInterruptIsCountedOnceOnItsWayThroughTheStubs()
    {
        TraceEvents events = new SyntheticTrace()
            .Run(Main, 3, 3).Run(Interrupt43, 2).Run(InterruptCommon, 5).Run(InterruptReturn, 2).Run(Main, 1, 3).Report().Events;
        Assert.Equal(1, events.Interrupts);
    }

    [Fact]
    public void AnInterruptRightAfterAnotherIsCounted()
    {
        TraceEvents events = new SyntheticTrace()
            .Run(Interrupt43, 2).Run(InterruptCommon, 5).Run(Interrupt43, 2).Run(InterruptCommon, 5).Report().Events;
        Assert.Equal(2, events.Interrupts);
    }

    [Fact]
    public void TheAddressSpaceMarkerCanBeChosen()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Write, 1).Run(Mystery, 1).Run(LoadCr3, 1);
        TraceAnalyzer analyzer = new(system.Symbols, LayerMap.Default, EventRules.Default.WithAddressSpaceMarkers(Mystery, Copy));
        Assert.Equal(1, analyzer.Analyze(system.Trace, TraceWindow.Whole(system.Trace)).Events.AddressSpaceSwitches);
    }

    [Fact]
    public void CopiedBytesAreTheRepeats()
    {
        // 5 set-up instructions, `rep movsq` of 183 words and its final look at the counter, `rep movsb` of 6 bytes likewise.
        SyntheticTrace system = new SyntheticTrace()
            .Run(Copy, 5).Repeat(Copy, 184, offset: 5)
            .Run(CopyTail, 1).Repeat(CopyTail, 7, offset: 1).Run(CopyTail, 2, offset: 3);
        Assert.Equal(183 * 8 + 6, system.Report().Events.CopiedBytes);
    }

    [Fact]
    public void ACopyOfNothingCopiesNothing()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Copy, 5).Repeat(Copy, 1, offset: 5).Run(Copy, 3, offset: 7).Run(Copy, 9);
        Assert.Equal(0, system.Report().Events.CopiedBytes);
    }

    [Fact]
    public void AnInterruptInTheMiddleOfACopyLosesNothing()
    {
        SyntheticTrace system = new SyntheticTrace()
            .Run(Copy, 5).Repeat(Copy, 100, offset: 5).Run(Interrupt43, 9).Repeat(Copy, 84, offset: 5).Run(Copy, 1, offset: 7);
        Assert.Equal(183 * 8, system.Report().Events.CopiedBytes);
    }

    [Fact]
    public void TwoCopiesByALabelOfOneInstructionAreTwo()
    {
        SymbolMap symbols = new([new ImageSymbols("kernel", 0, [("copy_user", 0x100, 0), ("copied", 0x103, 0)])]);
        ExecutionTrace trace = new();
        foreach (ulong address in (ulong[])[0x100, 0x100, 0x100, 0x103, 0x100, 0x100, 0x103])
            trace.Append(address, 0);
        Assert.Equal(3 * 8, new TraceAnalyzer(symbols).Analyze(trace, TraceWindow.Whole(trace)).Events.CopiedBytes);
    }

    [Fact]
    public void OtherRepeatsAreNoCopies()
        => Assert.Equal(0, new SyntheticTrace().Repeat(Memmove, 50, offset: 3).Repeat(Send, 9, offset: 1).Report().Events.CopiedBytes);

    private static long Crossings(SyntheticTrace system, int start, int end)
        => system.Analyzer.Analyze(system.Trace, new TraceWindow(start, end)).Events.RingCrossings;
}
