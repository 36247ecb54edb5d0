// What holds for every trace. Next: PhaseReaderTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Trace;

public class TracePropertyTests
{
    private static readonly Gen<(int Method, int Offset, int Length, int Cpl)[]> s_stretches =
        Gen.Select(Gen.Int[-1, SyntheticTrace.AllMethods.Count - 1], Gen.Int[0, 40], Gen.Int[1, 20], Gen.Int[0, 3]).Array[0, 60];

    [Fact]
    public void LayersMethodsAndLevelsAddUpToTheWindow()
        => Gen.Select(s_stretches, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((stretches, one, other) =>
        {
            SyntheticTrace system = Run(stretches);
            int start = (int)(Math.Min(one, other) * system.Trace.Count);
            int end = (int)(Math.Max(one, other) * system.Trace.Count);
            TraceReport report = system.Analyzer.Analyze(system.Trace, new TraceWindow(start, end));
            Assert.Equal(end - start, report.Instructions);
            Assert.Equal(report.Instructions, report.Layers.Values.Sum());
            Assert.Equal(report.Instructions, report.Methods.Sum(row => row.Instructions));
            Assert.Equal(report.Instructions, report.InstructionsPerCpl.Sum());
        });

    [Fact]
    public void TwoWindowsSideBySideAreTheirUnion()
        => Gen.Select(s_stretches, Gen.Double[0, 1]).Sample((stretches, cut) =>
        {
            SyntheticTrace system = Run(stretches);
            int middle = (int)(cut * system.Trace.Count);
            TraceEvents left = system.Analyzer.Analyze(system.Trace, new TraceWindow(0, middle)).Events;
            TraceEvents right = system.Analyzer.Analyze(system.Trace, new TraceWindow(middle, system.Trace.Count)).Events;
            TraceEvents whole = system.Report().Events;
            Assert.Equal(whole.RingCrossings, left.RingCrossings + right.RingCrossings);
            Assert.Equal(whole.Messages, left.Messages + right.Messages);
            Assert.Equal(whole.Interrupts, left.Interrupts + right.Interrupts);
            Assert.Equal(whole.AddressSpaceSwitches, left.AddressSpaceSwitches + right.AddressSpaceSwitches);
        });

    [Fact]
    public void StepsAndSlicesOfAWriteLeaveNoGapAndDiffer()
        => s_stretches.Sample(stretches =>
        {
            SyntheticTrace system = Run(stretches, new SyntheticTrace().Run(SyntheticTrace.Main, 1, 3).Run(SyntheticTrace.Stub, 1, 3));
            WriteTimeline timeline = new WriteTimelineBuilder(system.Trace, system.Symbols, system.Lines, "iperf").Build(1);
            int stamp = 0;
            TimelineStep? before = null;
            foreach (TimelineStep step in timeline.Steps)
            {
                Assert.Equal(stamp, step.Stamp);
                Assert.True(before is null || before.Lane != step.Lane || before.Phase != step.Phase);
                Assert.Equal(step.Phase == Phase.Meanwhile ? 0 : step.Length, step.Slices.Sum(slice => slice.Length));
                stamp += step.Length;
                before = step;
            }
            Assert.Equal(timeline.Length, stamp);
            Assert.Equal(timeline.Length, timeline.Phases.Sum(phase => phase.Instructions));
            Assert.True(timeline.Returned <= timeline.Length && (timeline.Completed ?? 0) <= timeline.Length);
        });

    [Fact]
    public void CountsSayOfMethodsAndRingsWhatTheRecordingSays()
        => s_stretches.Sample(stretches =>
        {
            SyntheticTrace system = Run(stretches);
            TraceReport recorded = system.Report();
            TraceReport counted = new CountAnalyzer(system.Symbols).Analyze(system.Counts());
            Assert.Equal(recorded.Methods, counted.Methods);
            Assert.Equal(recorded.Layers, counted.Layers);
            Assert.Equal(recorded.Instructions, counted.InstructionsPerCpl.Sum());
        });

    private static SyntheticTrace Run((int Method, int Offset, int Length, int Cpl)[] stretches, SyntheticTrace? begun = null)
    {
        SyntheticTrace system = begun ?? new SyntheticTrace();
        foreach ((int method, int offset, int length, int cpl) in stretches)
        {
            if (method < 0)
                system.At((ulong)offset, cpl);
            else
                system.Run(SyntheticTrace.AllMethods[method], length, cpl, offset);
        }
        return system;
    }
}
