// What `ringos compare --all` measures, sized so that it takes some eight minutes on two slow cores without KVM. Next: Ladder.cs
using System;
using System.Collections.Generic;
using RingOS.Host.Machines;

namespace RingOS.Host.Compare;

/// <summary>All placements in two settings of the dials, and what else the report page shows.</summary>
public sealed record LadderOptions
{
    /// <summary>Counts and rounds of the two comparisons; their dials are replaced by <see cref="Settings"/>.</summary>
    public ComparisonOptions Comparison { get; init; } = new()
    {
        Placements = Placement.All,
        Rounds = 3,
    };

    /// <summary>What was typed, so that the page can say it.</summary>
    public string Command { get; init; } = "./ringos compare --all";

    /// <summary>The settings every placement is shown in.</summary>
    public static readonly IReadOnlyList<Dials> Settings = [Dials.Headline, Dials.Batches];

    /// <summary>The placement whose wall is the language, and so has checks that a kernel can be built without.</summary>
    public const string CheckedByLanguage = "software";

    /// <summary>The same without its checks.</summary>
    public const string UncheckedName = "software, unchecked";

    /// <summary>UDP payloads counted besides the comparison's own.</summary>
    public IReadOnlyList<int> Sizes { get; init; } = [64, 256, 512, 1024, 1470];

    /// <summary>Datagrams of a run of another size.</summary>
    public int SizeCount { get; init; } = 3_200;

    /// <summary>Datagrams of a run that keeps the time of every write().</summary>
    public int LatencyCount { get; init; } = 4_000;

    /// <summary>Datagrams received, or round trips.</summary>
    public int ReceiveCount { get; init; } = 1_000;

    /// <summary>The order of the report and of JSON.</summary>
    public IReadOnlyList<Placement> Placements => Comparison.Placements;

    /// <summary>One of the two comparisons.</summary>
    public ComparisonOptions ComparisonIn(Dials dials)
        => Comparison with { Dials = dials, WithPrimitives = dials == Dials.Headline };

    /// <summary>A comparison whose counted run has another size.</summary>
    public ComparisonOptions OfSize(Dials dials, int bytes) => Comparison with { Dials = dials, Bytes = bytes, Count = SizeCount };

    /// <summary>A comparison whose counted run keeps times.</summary>
    public ComparisonOptions Timing(string completion)
        => Comparison with { Dials = Dials.Headline with { Completion = completion }, Count = LatencyCount };
}
