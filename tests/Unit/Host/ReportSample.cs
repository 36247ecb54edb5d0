// A made-up ladder for the tests of the report: numbers no machine ever gave. Next: ReportPageTests.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Machines;
using RingOS.Host.Report;

namespace RingOS.Tests.Unit.Host;

internal static class ReportSample
{
    public static readonly IReadOnlyList<string> Names =
        ["monolithic", "software", "ring1", "ring1-keys", "ring3", "ring3-queue", "microkernel"];

    private static readonly string[] s_layers =
        ["application", "user stub", "syscall", "net", "link", "switch", "driver", "interrupt", "other"];

    private static readonly MachineOptions s_machine = new() { Kernel = "/k/kernel.elf", CommandLine = "placement=ring1 -- iperf" };

    private static readonly IReadOnlyList<Placement> s_placements = [.. Names.Select(static name => new Placement(name, "made up"))];

    private static readonly PrimitiveCosts s_primitives = new(35, 400) { NullInterrupt = 61, ProcessCreation = 123_456 };

    public static LadderOptions Options { get; } = new() { Comparison = new LadderOptions().Comparison with { Placements = s_placements } };

    /// <summary>A ladder with every part, and one gap.</summary>
    public static LadderResult Full() => new()
    {
        Options = Options,
        Comparisons = [.. LadderOptions.Settings.Select(Compared)],
        Sizes = [.. LadderOptions.Settings.SelectMany(static dials => Options.Sizes.SelectMany(bytes => Names.Select(
            (name, i) => new SizePoint(name, dials, bytes, 700 + (bytes / 10.0) + (137 * i)))))],
        Unchecked = [.. LadderOptions.Settings.Select(static dials => new SizePoint(LadderOptions.UncheckedName, dials, 1470, 903))],
        Latencies = [.. Dials.CompletionWords.SelectMany(static word => Names.Select((name, i) => Latency(name, word, i)))],
        Received = [.. ReceiveFigure.Kinds.SelectMany(static kind => Names.Select(
            (name, i) => new ReceiveFigure(name, kind, 1000, 901 + (211 * i), i)))],
        Primitives = s_primitives.Beside(
            new PrimitiveCosts(35, 380) { Ring1Syscall = 37 }, new PrimitiveCosts(35, 478) { Ring1Syscall = 85 }),
        TimedPrimitives = new PrimitiveCosts(291, 4_407) { NullInterrupt = 512 },
        Faults = [.. Names.Select(static (name, i)
            => new FaultOutcome(name, "wild-write", i == 0 ? "silent corruption" : "restarted", $"vector {i}"))],
        Gaps = [new Gap(LadderPart.Latency, "ring1, completion=wait", "it said <script> & \"stopped\"")],
        Machines = [new MachineRecord("counted", s_machine)],
    };

    /// <summary>A ladder of which nothing could be measured.</summary>
    public static LadderResult Empty() => Full() with
    {
        Comparisons = [.. LadderOptions.Settings.Select(static dials => Compared(dials) with { Placements = [], Primitives = null })],
        Sizes = [],
        Unchecked = [],
        Latencies = [],
        Received = [],
        Primitives = null,
        TimedPrimitives = null,
        Faults = [],
        Gaps = [new Gap(LadderPart.Headline, "all placements", "no machine starts")],
    };

    private static ComparisonResult Compared(Dials dials) => new()
    {
        Options = Options.ComparisonIn(dials),
        Placements = [.. s_placements.Select(Column)],
        Failures = [],
        Primitives = dials == Dials.Headline ? s_primitives : null,
        Versions = new Dictionary<string, string> { ["qemu-system-x86_64"] = "7.2.22" },
    };

    private static PlacementResult Column(Placement placement, int index) => new()
    {
        Placement = placement,
        Counted = Run(placement, index, 0),
        Profile = new LayerProfile
        {
            Layers = s_layers.Select((name, layer) => (name, layer)).ToDictionary(pair => pair.name, pair => Layer(pair.layer, index)),
            MmioReads = 1,
            MmioWrites = 1.25,
            InterruptToDriver = index == 5 ? null : 301 + index,
            Methods = [],
            OtherShare = 0,
        },
        Timed = [.. new[] { 9_001.0, 10_003, 11_007 }.Select(rate => Run(placement, index, rate / (index + 1)))],
    };

    // The first column has no link and no switch; "other" is empty everywhere.
    private static double Layer(int layer, int column) => layer switch
    {
        4 or 5 => 53.0 * column * (6 - layer),
        8 => 0,
        _ => 61 + (37 * layer) + column,
    };

    private static Measurement Run(Placement placement, int index, double rate) => new()
    {
        Placement = placement.Name,
        Window = new WindowEvent
        {
            Datagrams = 1000,
            WriteErrors = 0,
            WindowTicks = (long)(1000 * s_layers.Select((_, layer) => Layer(layer, index)).Sum()),
            IdleTicks = 0,
            TicksPerSecond = 1_000_000_000,
            ServerLost = 0,
            Counts = new EventCounts
            {
                RingCrossings = 4000 + (2000 * index),
                AddressSpaceSwitches = 1000 * index,
                ThreadSwitches = 1500 * index,
                Messages = 500 * index,
                Notifications = index,
                Interrupts = 1000,
                CopiedBytes = 1_470_000,
                Syscalls = 1000 + index,
            },
        },
        Received = 1000,
        DatagramsPerSecond = rate,
        Checksum = "offload",
    };

    /// <summary>A run of which so many datagrams were sent and came.</summary>
    public static Measurement Measured(long sent, long received)
    {
        Measurement run = Run(s_placements[0], 0, 1);
        return run with { Window = run.Window with { Datagrams = sent }, Received = received };
    }

    private static LatencyDistribution Latency(string name, string completion, int index) => new()
    {
        Placement = name,
        Completion = completion,
        Minimum = 601 + (97 * index),
        Median = 701 + (97 * index),
        P99 = 1_901 + (97 * index),
        Maximum = 9_001 + (97 * index),
        Buckets = [new LatencyBucket(512, 3_000), new LatencyBucket(1024, 900 + index), new LatencyBucket(8192, 13)],
    };
}
