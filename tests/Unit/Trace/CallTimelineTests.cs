// The way of one call. Code: tools/RingOS.Trace/CallTimeline.cs. Next: TraceTicksTests.cs
using System.Linq;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class CallTimelineTests
{
    [Fact]
    public void SegmentsFollowACallThroughTheRings()
    {
        SyntheticTrace system = TwoWrites();
        TraceWindow window = CallTimeline.WindowOfCall(system.Trace, system.Symbols, "iperf", Stub, 1);
        TimelineSegment[] segments = CallTimeline.Segments(system.Trace, system.Symbols, window).ToArray();
        Assert.Equal([(0, 3, 3, Stub), (3, 5, 0, Write), (8, 6, 1, Driver), (14, 2, 0, Write), (16, 1, 3, Stub)],
            segments.Select(segment => (segment.Offset, segment.Length, segment.Cpl, segment.Method.Name)));
        Assert.Equal("e1000", segments[2].Method.Image);
    }

    [Fact]
    public void ACallEndsWhereItsCallerGoesOn()
        => Assert.Equal(new TraceWindow(2, 5), CallTimeline.WindowOfCall(TwoWrites().Trace, TwoWrites().Symbols, "iperf", Stub, 0));

    [Fact]
    public void ACallThatNeverReturnsReachesToTheEnd()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Main, 2, 3).Run(Stub, 3, 3).Run(Write, 4);
        Assert.Equal(new TraceWindow(2, 9), CallTimeline.WindowOfCall(system.Trace, system.Symbols, "iperf", Stub, 0));
    }

    [Fact]
    public void ACallEndsAtItsCallersLevel()
    {
        SyntheticTrace system = new SyntheticTrace().Run(Memmove, 1, 3).Run(Stub, 3, 3).Run(Memmove, 4).Run(Memmove, 2, 3);
        Assert.Equal(new TraceWindow(1, 8), CallTimeline.WindowOfCall(system.Trace, system.Symbols, "iperf", Stub, 0));
    }

    [Theory]
    [InlineData("iperf", 2)]
    [InlineData("kernel", 0)]
    public void ACallThatWasNotMadeIsAnError(string image, int occurrence)
    {
        SyntheticTrace system = TwoWrites();
        Assert.Throws<TraceFormatException>(() => CallTimeline.WindowOfCall(system.Trace, system.Symbols, image, Stub, occurrence));
    }

    private static SyntheticTrace TwoWrites() => new SyntheticTrace()
        .Run(Main, 2, 3).Run(Stub, 3, 3)
        .Run(Main, 4, 3, 2).Run(Stub, 3, 3).Run(Write, 5).Run(Driver, 6, 1).Run(Write, 2, offset: 5).Run(Stub, 1, 3, 3).Run(Main, 1, 3, 6);
}
