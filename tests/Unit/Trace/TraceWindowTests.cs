// Where the measured part begins and ends. Code: tools/RingOS.Trace/TraceWindow.cs. Next: TraceAnalyzerTests.cs
using System;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class TraceWindowTests
{
    [Fact]
    public void StartsBehindBeginAndEndsBeforeEnd()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 3, 3).Run(Begin, 4, 3).Run(Main, 5, 3, 3).Run(End, 2, 3).Run(Main, 1, 3);
        TraceWindow window = Marked(system);
        Assert.Equal(new TraceWindow(7, 12), window);
        Assert.Equal(5, window.Length);
    }

    [Fact]
    public void WhatBeginCallsIsOutside()
    {
        SyntheticTrace system = new SyntheticTrace()
            .Run(Begin, 2, 3).Run(Stub, 9, 3).Run(Begin, 1, 3, 2).Run(Main, 5, 3).Run(End, 1, 3).Run(Stub, 1, 3).Run(End, 1, 3, 1);
        Assert.Equal(new TraceWindow(12, 17), Marked(system));
    }

    [Fact]
    public void OfSeveralCallsTheLastCount()
    {
        SyntheticTrace system = new SyntheticTrace()
            .Run(Begin, 1, 3).Run(Main, 1, 3).Run(End, 1, 3).Run(Begin, 1, 3).Run(Begin, 1, 3).Run(Main, 7, 3).Run(End, 3, 3);
        Assert.Equal(new TraceWindow(5, 12), Marked(system));
    }

    [Fact]
    public void MayBeEmpty()
        => Assert.Equal(new TraceWindow(1, 1), Marked(new SyntheticTrace().Run(Begin, 1, 3).Run(End, 1, 3)));

    [Fact]
    public void AProgramThatNeverEndsIsAnError()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Begin, 1, 3).Run(Main, 5, 3);
        TraceFormatException error = Assert.Throws<TraceFormatException>(() => Marked(system));
        Assert.Contains("never reached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEndWithoutBeginIsAnError()
        => Assert.Throws<TraceFormatException>(() => Marked(new SyntheticTrace().Run(Main, 5, 3).Run(End, 1, 3).Run(Begin, 1, 3)));

    [Fact]
    public void AnImageWithoutMarkersIsAnError()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Begin, 1, 3).Run(End, 1, 3);
        TraceFormatException error = Assert.Throws<TraceFormatException>(() => TraceWindow.Marked(system.Trace, system.Symbols, "e1000"));
        Assert.Contains("Measure__Begin", error.Message, StringComparison.Ordinal);
    }

    private static TraceWindow Marked(SyntheticTrace system) => TraceWindow.Marked(system.Trace, system.Symbols, "iperf");
}
