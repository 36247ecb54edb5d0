// From guest events to the JSON of a comparison. Code: tools/RingOS.Host/Compare
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using RingOS.Host;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class ComparisonTests
{
    private const string WindowLine = """{"@t":"2026-01-01T00:00:01Z","@mt":"iperf window {Datagrams}","Datagrams":1000,"WriteErrors":1,"""
        + """ "WindowTicks":1600500,"IdleTicks":500,"TicksPerSecond":1000000000,"RingCrossings":4000,"AddressSpaceSwitches":2000,"""
        + """ "ThreadSwitches":2000,"Messages":1000,"Notifications":1,"Interrupts":1000,"CopiedBytes":1470000,"Syscalls":1000}""";

    [Fact]
    public void TheWindowEventIsRead()
    {
        WindowEvent window = WindowEvent.Of(Run(WindowLine), "test");
        Assert.Equal(1600, window.InstructionsPerDatagram);
        Assert.Equal((1000, 1), (window.Datagrams, window.WriteErrors));
        Assert.Equal(1_470_000, window.Counts.CopiedBytes);
        Assert.Null(window.ServerLost);
        Assert.Equal(1000 * 1e9 / 1_600_500, window.DatagramsPerSecond, 3);
    }

    [Theory]
    [InlineData("hello", "without its \"iperf window\" event")]
    [InlineData("""{"@mt":"iperf window","Datagrams":5}""", "lacks the number WriteErrors")]
    public void AWindowThatCannotBeUsedIsAFailure(string line, string part)
        => Assert.Contains(part, Assert.Throws<RingOsException>(() => WindowEvent.Of(Run(line), "test")).Message, StringComparison.Ordinal);

    [Fact]
    public void NothingSentIsAFailure()
    {
        string line = WindowLine.Replace("\"Datagrams\":1000", "\"Datagrams\":0", StringComparison.Ordinal);
        RingOsException failure = Assert.Throws<RingOsException>(() => WindowEvent.Of(Run(line), "test"));
        Assert.Contains("sent nothing", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:5001", "10.0.2.2", 5001)]
    [InlineData("localhost:7", "10.0.2.2", 7)]
    [InlineData("192.168.1.9:5001", "192.168.1.9", 5001)]
    public void ServersAreReadAsTheGuestSeesThem(string text, string address, int port)
        => Assert.Equal(new ServerAddress(address, port), ServerAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("example.org:5001")]
    [InlineData("::1:5001")]
    public void OtherServersAreRefused(string text) => Assert.Throws<RingOsException>(() => ServerAddress.Parse(text));

    [Fact]
    public void NumbersOutOfRangeAreRefused()
    {
        ComparisonOptions good = new();
        good.Check();
        Assert.Throws<RingOsException>((good with { Count = 1 }).Check);
        Assert.Throws<RingOsException>((good with { Bytes = 1473 }).Check);
        Assert.Throws<RingOsException>((good with { Bytes = 15 }).Check);
        Assert.Throws<RingOsException>((good with { Placements = [] }).Check);
        Assert.Throws<RingOsException>((good with { Dials = Dials.Headline with { Batch = 33 } }).Check);
        Assert.Throws<RingOsException>((good with { Placements = [Placement.All[0], Placement.All[0]] }).Check);
    }

    [Fact]
    public void TheHeadlineIsThreePlacements()
        => Assert.Equal(["monolithic", "ring3", "microkernel"], ComparisonOptions.Headline.Select(placement => placement.Name));

    [Fact]
    public void TheMedianIsTheRunInTheMiddleAndLayersAddUp()
    {
        PlacementResult result = Result(Placement.All[1]);
        Assert.Equal(30_000, result.MedianTimed.DatagramsPerSecond);
        Assert.Equal(result.InstructionsPerDatagram, result.Layers.Values.Sum(), 9);
    }

    [Fact]
    public void TheJsonHasTheAgreedShape()
    {
        ComparisonResult comparison = new()
        {
            Options = new ComparisonOptions(),
            Placements = [.. ComparisonOptions.Headline.Select(Result)],
            Failures = [],
            Primitives = new PrimitiveCosts(43, 310),
            Versions = new Dictionary<string, string> { ["qemu-system-x86_64"] = "7.2.22" },
        };
        using JsonDocument document = JsonDocument.Parse(ComparisonJson.Format(comparison));
        JsonElement root = document.RootElement;
        Assert.Equal(["runs", "primitives", "versions"], Names(root));
        Assert.Equal(43, root.GetProperty("primitives").GetProperty("nullSyscall").GetInt64());
        Assert.Equal(310, root.GetProperty("primitives").GetProperty("ipcRoundTrip").GetInt64());
        JsonElement[] runs = [.. root.GetProperty("runs").EnumerateArray()];
        Assert.Equal(6, runs.Length);
        Assert.Equal(["icount", "wall"], runs.Take(2).Select(run => run.GetProperty("mode").GetString()));

        JsonElement counted = runs[2];
        Assert.Equal("ring3", counted.GetProperty("placement").GetString());
        string[] sums = ["bytes", "datagrams", "received", "lost", "writeErrors"];
        Assert.Equal([1470, 1000, 1000, 0, 1], sums.Select(name => counted.GetProperty(name).GetInt32()));
        Assert.Equal(1600, counted.GetProperty("instructionsPerDatagram").GetDouble());
        Assert.Equal(1600, counted.GetProperty("layers").EnumerateObject().Sum(layer => layer.Value.GetDouble()), 3);
        string[] events =
        [
            "ringCrossings", "addressSpaceSwitches", "messages", "notifications", "copiedBytes", "mmioReads", "mmioWrites", "interrupts",
        ];
        Assert.Empty(events.Except(Names(counted.GetProperty("events"))));
        Assert.Equal(4, counted.GetProperty("events").GetProperty("ringCrossings").GetDouble());
        Assert.Equal(["batch", "interrupts", "completion", "checksum"], Names(counted.GetProperty("dials")));
        Assert.Equal("offload", counted.GetProperty("dials").GetProperty("checksum").GetString());
        Assert.False(counted.TryGetProperty("datagramsPerSecond", out _));
        Assert.Equal(333, counted.GetProperty("interruptToDriver").GetInt32());

        JsonElement timed = runs[3];
        Assert.Equal(30_000, timed.GetProperty("datagramsPerSecond").GetDouble());
        Assert.False(timed.TryGetProperty("instructionsPerDatagram", out _));
        Assert.False(timed.TryGetProperty("interruptToDriver", out _));
    }

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static PlacementResult Result(Placement placement) => new()
    {
        Placement = placement,
        Counted = Measured(placement, 0),
        Profile = new LayerProfile
        {
            Layers = new Dictionary<string, double> { ["application"] = 600, ["net"] = 970, ["other"] = 30 },
            MmioReads = 1,
            MmioWrites = 2,
            InterruptToDriver = 333,
            Methods = [new MethodShare("kernel: x", 970, 1)],
            OtherShare = 30 / 1600.0,
        },
        Timed = [.. new double[] { 10_000, 20_000, 30_000, 90_000, 95_000 }.Select(rate => Measured(placement, rate))],
    };

    private static Measurement Measured(Placement placement, double rate) => new()
    {
        Placement = placement.Name,
        Window = WindowEvent.Of(Run(WindowLine), "test"),
        Received = 1000,
        DatagramsPerSecond = rate,
        Checksum = "offload",
    };

    private static GuestRun Run(params string[] lines) => new()
    {
        Ending = GuestEnding.Success,
        Lines = [.. lines.Select(line => new SerialLine(line, GuestEventReader.Read(line)))],
    };
}
