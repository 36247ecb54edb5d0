// Latencies are read as agreed, and the ladder's JSON has everything the page has. Code: tools/RingOS.Host/Compare
using System;
using System.Linq;
using System.Text.Json;
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class ReportDataTests
{
    private const string LatencyLine = """{"@mt":"iperf latency: {Median}","Minimum":600,"Median":700,"P99":900,"Maximum":5000,"""
        + """ "Histogram":"512:10,1024:3"}""";

    private const string NoBuckets = """{"@mt":"iperf latency","Minimum":1,"Median":1,"P99":1,"Maximum":1,"Histogram":""";

    [Fact]
    public void LatenciesAreRead()
    {
        LatencyDistribution read = LatencyOf(LatencyLine);
        Assert.Equal(("ring3", "wait"), (read.Placement, read.Completion));
        Assert.Equal((600, 700, 900, 5000), (read.Minimum, read.Median, read.P99, read.Maximum));
        Assert.Equal([new LatencyBucket(512, 10), new LatencyBucket(1024, 3)], read.Buckets);
    }

    [Theory]
    [InlineData("hello", "without its \"iperf latency\" event")]
    [InlineData("""{"@mt":"iperf latency","Minimum":1}""", "lacks the number Median")]
    [InlineData(NoBuckets + "\"64\"}", "'64' in iperf's latency histogram")]
    [InlineData(NoBuckets + "\"64:-1\"}", "'64:-1' in iperf's latency")]
    public void OtherLatenciesAreAFailure(string line, string part)
        => Assert.Contains(part, Assert.Throws<RingOsException>(() => LatencyOf(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheLadderJsonKeepsTheComparisonsShapeAndHasEveryPart()
    {
        using JsonDocument document = JsonDocument.Parse(LadderJson.Format(ReportSample.Full()));
        JsonElement root = document.RootElement;
        string[] names =
        [
            "runs", "primitives", "versions", "sizes", "unchecked", "latencies", "received", "timedPrimitives", "peers", "faults", "gaps",
            "machines", "qemu", "seed",
        ];
        Assert.Equal(names, root.EnumerateObject().Select(static property => property.Name));
        int columns = ReportSample.Names.Count;
        int[] lengths = [columns * 2 * 2, columns * 2 * 5, columns * 3, columns * 3, columns, 1];
        string[] lists = ["runs", "sizes", "latencies", "received", "faults", "gaps"];
        Assert.Equal(lengths, lists.Select(name => root.GetProperty(name).GetArrayLength()));
        Assert.Equal(1, root.GetProperty("seed").GetInt32());
        Assert.Equal(61, root.GetProperty("primitives").GetProperty("nullInterrupt").GetInt64());
        Assert.Equal(10, root.GetProperty("primitives").GetProperty("addressSpaceSwitch").GetInt64());
        Assert.False(root.GetProperty("primitives").TryGetProperty("ring1Interrupt", out _));

        JsonElement last = root.GetProperty("runs").EnumerateArray().Last();
        Assert.Equal(("microkernel", "wall"), (last.GetProperty("placement").GetString(), last.GetProperty("mode").GetString()));
        Assert.Equal("32", last.GetProperty("dials").GetProperty("batch").GetString());
        Assert.Equal("moderated", last.GetProperty("dials").GetProperty("interrupts").GetString());
        JsonElement latency = root.GetProperty("latencies")[0];
        Assert.Equal(701, latency.GetProperty("median").GetInt64());
        Assert.Equal(512, latency.GetProperty("buckets")[0].GetProperty("low").GetInt64());
    }

    [Fact]
    public void TheLadderComparesWithinTwoSettingsOnly()
    {
        LadderOptions options = new();
        Assert.Equal([Dials.Headline, Dials.Batches], LadderOptions.Settings);
        Assert.Equal(Placement.All, options.Placements);
        Assert.Equal([true, false], LadderOptions.Settings.Select(dials => options.ComparisonIn(dials).WithPrimitives));
        Assert.All(LadderOptions.Settings, dials => options.ComparisonIn(dials).Check());
        Assert.All(options.Sizes, bytes => options.OfSize(Dials.Batches, bytes).Check());
        Assert.All(Dials.CompletionWords, word => options.Timing(word).Check());
        // Full batches: a run must not end with half of one.
        Assert.Equal(0, options.Comparison.Count % Dials.MostBatch);
        Assert.Equal(0, options.SizeCount % Dials.MostBatch);
    }

    private static LatencyDistribution LatencyOf(string line)
        => LatencyDistribution.Of(
            new GuestRun { Ending = GuestEnding.Success, Lines = [new SerialLine(line, GuestEventReader.Read(line))] },
            Placement.Named("ring3"), "wait", "test");
}
