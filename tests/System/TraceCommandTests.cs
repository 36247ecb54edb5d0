// ringos trace: one write() from the program to the wire and back, in the order the designs prescribe.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Follows the system as it is built. No bars for instruction counts here: CountedRunTests has them.</summary>
public sealed class TraceCommandTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    private static readonly Phase[] s_onTheWayDown = [Phase.Stub, Phase.Syscall, Phase.Copy];
    private static readonly Phase[] s_device = [Phase.Driver, Phase.Descriptor, Phase.Doorbell, Phase.Interrupt];
    private static readonly Phase[] s_request = [Phase.Message, Phase.Switch];

    /// <summary>Placement, its lanes, and phases in the order in which each appears after the one before it.</summary>
    public static TheoryData<string, string[], Phase[]> Placements => new()
    {
        { "monolithic", ["ring 3 iperf", "ring 0 kernel"], [.. s_onTheWayDown, Phase.Headers, .. s_device, Phase.Completion, Phase.Stub] },
        {
            "ring3", ["ring 3 iperf", "ring 0 kernel", "ring 3 nic"],
            [.. s_onTheWayDown, Phase.Headers, .. s_request, .. s_device, Phase.Report, .. s_request, Phase.Completion, Phase.Stub]
        },
        {
            "microkernel", ["ring 3 iperf", "ring 0 kernel", "ring 3 net", "ring 3 nic"],
            [.. s_onTheWayDown, .. s_request, Phase.Headers, .. s_request, .. s_device, Phase.Report, .. s_request, Phase.Completion,
                .. s_request, Phase.Stub]
        },
    };

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task AWriteGoesItsWay(string placement, string[] lanes, Phase[] order)
    {
        Assert.NotNull(fixture.Archive);
        TracedWriteOptions options = new(Placement.Named(placement), NicModel.Default, Dials.Headline, null);

        WriteTimeline timeline = (await TracedWrite.RunAsync(options, static _ => { }, CancellationToken.None)).Timeline;

        Assert.Equal(lanes, timeline.Lanes.Select(ChromeTrace.NameOf));
        AssertInOrder(order, timeline.Steps);
        AssertNoGap(timeline);
        Assert.DoesNotContain(timeline.Steps, static step => step.Phase is Phase.Other or Phase.Meanwhile);
        Assert.Equal(2, timeline.Report.Events.MmioWrites); // the doorbell, and the end of the throttling interval
        Assert.Equal(1, timeline.Report.Events.Interrupts);
    }

    [Fact]
    public async Task AStepKnowsItsSourceLine()
    {
        TracedWriteOptions options = new(Placement.Named("ring3"), NicModel.Default, Dials.Headline, Write: 3);

        TracedWrite write = await TracedWrite.RunAsync(options, static _ => { }, CancellationToken.None);

        Assert.Equal(3, write.Number);
        SourceLine doorbell = write.Timeline.Steps.First(static step => step.Phase == Phase.Doorbell).Slices[0].Lines[0];
        Assert.Equal("drivers/nic/e1000e/Controller.cs", doorbell.File);
        Assert.Contains("RingDoorbell", doorbell.Text);
    }

    [Theory]
    [InlineData("monolithic")]
    [InlineData("ring3")]
    public async Task TheCommandPrintsTheTimelineAndWritesItForPerfetto(string placement)
    {
        string file = Path.Combine(Path.GetTempPath(), $"ringos-{Guid.NewGuid():N}.json");
        try
        {
            ToolResult result = await ToolAsync("trace", "--no-build", "--placement", placement, "--profile", "--out", file);

            Assert.True(result.ExitCode == 0, result.Output);
            Assert.All((string[])["doorbell", "interrupt", "end to end", "ring crossings", "E1000eController.ProvideTransmit"],
                word => Assert.Contains(word, result.Output));
            using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            AssertChrome(json.RootElement);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("cannot be followed", "--write", "0")]
    [InlineData("unknown placement", "--placement", "ring7")]
    [InlineData("batch of 33", "--batch", "33")]
    public async Task BadOptionsGetOneClearLine(string words, params string[] arguments)
    {
        ToolResult result = await ToolAsync(["trace", "--no-build", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, Assert.Single(result.Output.Split('\n'), static line => line.Length != 0));
    }

    private static void AssertInOrder(Phase[] order, IReadOnlyList<TimelineStep> steps)
    {
        int position = 0;
        foreach (Phase phase in order)
        {
            while (position < steps.Count && steps[position].Phase != phase)
                position++;
            Assert.True(position < steps.Count,
                $"no {phase.Name()} in its place: {string.Join(' ', steps.Select(static step => step.Phase.Name()))}");
        }
    }

    private static void AssertNoGap(WriteTimeline timeline)
    {
        int stamp = 0;
        foreach (TimelineStep step in timeline.Steps)
        {
            Assert.Equal(stamp, step.Stamp);
            Assert.True(step.Length > 0);
            Assert.Equal(step.Length, step.Slices.Sum(static slice => slice.Length));
            stamp += step.Length;
        }
        Assert.Equal(timeline.Length, stamp);
        Assert.Equal(timeline.Length, timeline.Report.Instructions);
        Assert.InRange(timeline.Completed ?? 0, timeline.Doorbell ?? int.MaxValue, timeline.Length);
    }

    // Slices of a lane lie side by side or inside each other, as the viewer wants them.
    private static void AssertChrome(JsonElement root)
    {
        JsonElement[] events = [.. root.GetProperty("traceEvents").EnumerateArray()];
        Assert.Contains("guest instruction", root.GetProperty("otherData").GetProperty("unit").GetString());
        var slices = events.Where(static item => item.GetProperty("ph").GetString() == "X")
            .GroupBy(static item => item.GetProperty("pid").GetInt32()).ToArray();
        Assert.True(slices.Length >= 2);
        foreach (var lane in slices)
        {
            Stack<int> ends = new();
            foreach (JsonElement slice in lane)
            {
                int start = slice.GetProperty("ts").GetInt32();
                int end = start + slice.GetProperty("dur").GetInt32();
                while (ends.Count > 0 && ends.Peek() <= start)
                    ends.Pop();
                Assert.True(ends.Count == 0 || end <= ends.Peek());
                ends.Push(end);
            }
        }
        int steps = root.GetProperty("otherData").GetProperty("instructions").GetInt32();
        Assert.Equal(steps, slices.SelectMany(static lane => lane)
            .Max(static slice => slice.GetProperty("ts").GetInt32() + slice.GetProperty("dur").GetInt32()));
    }

    private static Task<ToolResult> ToolAsync(params string[] arguments)
        => ExternalTool.RunAsync("dotnet", [Repository.Built("RingOS.Cli", "RingOS.Cli.dll"), .. arguments], CancellationToken.None);
}
