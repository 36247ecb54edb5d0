// The file for ui.perfetto.dev. Code: tools/RingOS.Host/Tracing/ChromeTrace.cs. Next: InstrumentTicksTests.cs
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using RingOS.Host;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class ChromeTraceTests
{
    private static readonly TracedWriteOptions s_options = new(Placement.Named("ring3"), NicModel.Default, Dials.Headline, null);

    [Fact]
    public void EveryLaneIsANamedProcess()
        => Assert.Equal(["ring 3 iperf", "ring 0 kernel", "ring 1 e1000"],
            Events("M").Where(lane => Text(lane, "name") == "process_name").Select(lane => Text(lane.GetProperty("args"), "name")));

    [Fact]
    public void StepsAreSlicesAndMethodsAreSlicesInThem()
    {
        JsonElement[] slices = [.. Events("X")];
        Assert.Equal(
            [("stub", 1, 0, 2), (Stub, 1, 0, 2), ("syscall", 2, 2, 3), (SyscallEntry, 2, 2, 3), ("doorbell", 3, 5, 2),
                ("Controller.ProvideTransmit", 3, 5, 2), ("stub", 1, 7, 1), (Stub, 1, 7, 1)],
            slices.Select(slice => (Text(slice, "name"), Number(slice, "pid"), Number(slice, "ts"), Number(slice, "dur"))));
        Assert.Equal("RingDoorbell(tail);", Text(slices[5].GetProperty("args"), "Controller.cs:2"));
    }

    [Fact]
    public void AnArrowLeadsFromLaneToLane()
    {
        Assert.Equal([(1, 1), (2, 4), (3, 6)], Events("s").Select(arrow => (Number(arrow, "pid"), Number(arrow, "ts"))));
        Assert.Equal([(2, 2), (3, 5), (1, 7)], Events("f").Select(arrow => (Number(arrow, "pid"), Number(arrow, "ts"))));
        Assert.Equal(Events("s").Select(arrow => Number(arrow, "id")), Events("f").Select(arrow => Number(arrow, "id")));
    }

    [Fact]
    public void TheUnitIsSaid()
    {
        JsonElement description = Document().GetProperty("otherData");
        Assert.Contains("1 guest instruction", Text(description, "unit"));
        Assert.Equal("ring3", Text(description, "placement"));
        Assert.Equal(8, Number(description, "instructions"));
    }

    [Theory]
    [InlineData(null, 1, 20)]
    [InlineData(null, 32, 96)]
    [InlineData(100, 32, 132)]
    [InlineData(100, 1, 110)]
    public void TheRunIsLongEnoughForTheWrite(int? write, int batch, int count)
        => Assert.Equal(count, (s_options with { Write = write, Dials = Dials.Headline with { Batch = batch } }).Count);

    [Theory]
    [InlineData(0)]
    [InlineData(5_001)]
    public void AWriteThatCannotBeIsRefused(int write)
        => Assert.Equal(2, Assert.Throws<RingOsException>(() => (s_options with { Write = write }).Checked()).ExitCode);

    private static IEnumerable<JsonElement> Events(string kind)
        => Document().GetProperty("traceEvents").EnumerateArray().Where(traceEvent => Text(traceEvent, "ph") == kind);

    private static JsonElement Document()
    {
        SyntheticTrace system = new SyntheticTrace()
            .Run(Main, 1, 3).Run(Stub, 2, 3).Run(SyscallEntry, 3).Run(Driver, 2, 1, TailOffset).Run(Stub, 1, 3, 2).Run(Main, 1, 3, 1);
        WriteTimeline timeline = new WriteTimelineBuilder(system.Trace, system.Symbols, system.Lines, "iperf").Build(1);
        using JsonDocument document = JsonDocument.Parse(ChromeTrace.Format(new TracedWrite(s_options, 1, 1, timeline)));
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
