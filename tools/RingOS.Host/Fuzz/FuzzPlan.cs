// What the processes of one machine do: written to etc/fuzz of the boot archive. Read by: tests/Boot/Programs/Fuzz/FuzzPlan.cs.
// Next: FuzzMachine.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace RingOS.Host.Fuzz;

/// <summary>Calls <paramref name="First"/> to <paramref name="End"/> - 1 of one process.</summary>
/// <param name="Process">1 is the first.</param>
public sealed record CallRange(int Process, long First, long End)
{
    public long Count => End - First;
}

/// <summary>One machine's calls. Which ones they are depends on the seed alone, not on which others are left out.</summary>
public sealed record FuzzPlan
{
    /// <summary>Longer lists do not fit the fuzzer's table.</summary>
    public const int MostRanges = 4096;

    public required FuzzScenario Scenario { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Of each process.</summary>
    public required long Calls { get; init; }

    /// <summary>The first, the service it calls, and those beside: 2 or more.</summary>
    public int Processes { get; init; } = 4;

    /// <summary>Null: all.</summary>
    public IReadOnlyList<CallRange>? Kept { get; init; }

    /// <summary>Each call is printed before it is made.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Calls that will be made.</summary>
    public long TotalCalls => Kept?.Sum(static range => range.Count) ?? Calls * Processes;

    /// <summary>Every call as a range a process.</summary>
    public IReadOnlyList<CallRange> Everything => [.. Enumerable.Range(1, Processes).Select(process => new CallRange(process, 0, Calls))];

    /// <summary>The file's content.</summary>
    public string Text
    {
        get
        {
            List<string> lines =
            [
                Line($"seed {Seed}"), Line($"calls {Calls}"), Line($"processes {Processes}"), Line($"entries {(Scenario.HasGates ? 3 : 1)}"),
                Line($"ring {Scenario.ServiceRing}"), Line($"network {(Scenario.HasNetwork ? 1 : 0)}"), Line($"trace {(IsTraced ? 1 : 0)}"),
            ];
            if (Kept is { Count: 0 })
                lines.Add("keep 0 0 0"); // none at all
            lines.AddRange((Kept ?? []).Select(static range => Line($"keep {range.Process} {range.First} {range.End}")));
            return string.Join('\n', lines) + "\n";
        }
    }

    private static string Line(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
