// What each wall is expected to stop. `ringos faults` observes, compares with this table, and fails where they differ. Next: FaultTrial.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Host.Report;

namespace RingOS.Host.Faults;

/// <summary>The one place where outcomes are predicted.</summary>
public static class ExpectedOutcomes
{
    // Columns as in Fault.All:   wild-write                privileged                loop               exit
    private static readonly Dictionary<string, string[]> s_table = new()
    {
        ["monolithic"] = [Outcome.SilentCorruption, Outcome.SilentCorruption, Outcome.Hang, Outcome.Panic],
        ["software"] = [Outcome.Restarted, Outcome.Refused, Outcome.Restarted, Outcome.Restarted],
        ["ring1"] = [Outcome.SilentCorruption, Outcome.Restarted, Outcome.Restarted, Outcome.Restarted],
        ["ring1-keys"] = [Outcome.Restarted, Outcome.Restarted, Outcome.Restarted, Outcome.Restarted],
        ["ring3"] = [Outcome.Restarted, Outcome.Restarted, Outcome.Restarted, Outcome.Restarted],
        ["ring3-queue"] = [Outcome.Restarted, Outcome.Restarted, Outcome.Restarted, Outcome.Restarted],
        ["microkernel"] = [Outcome.Restarted, Outcome.Restarted, Outcome.Restarted, Outcome.Restarted],
    };

    /// <summary>Placements the table knows.</summary>
    public static IEnumerable<string> Placements => s_table.Keys;

    /// <summary>The expectation for a cell; null for a placement the table does not know.</summary>
    public static string? Of(string placement, string fault)
    {
        int column = Fault.All.ToList().IndexOf(fault);
        return column >= 0 && s_table.TryGetValue(placement, out string[]? row) ? row[column] : null;
    }

    /// <summary>One line for every cell that is not as expected.</summary>
    public static IReadOnlyList<string> Differences(IEnumerable<FaultOutcome> observed)
        =>
        [
            .. observed.Where(static cell => cell.Outcome != Of(cell.Placement, cell.Fault)).Select(static cell =>
                $"{cell.Placement}, {cell.Fault}: expected {Of(cell.Placement, cell.Fault) ?? "nothing"}, observed {cell.Outcome} ({cell.Detail})"),
        ];
}
