// What a user waits for: the commands that are timed, and what is aimed at. Next: Opponent.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Host.Benchmarking;

/// <summary>A command of the launcher.</summary>
/// <param name="Name">Its name in tables and in <c>--only</c>.</param>
/// <param name="Arguments">What the launcher is given; builds are not timed.</param>
/// <param name="Aim">The most of the other checkout's time that it shall take, beside commit 3cfdc31.</param>
public sealed record BenchmarkedCommand(string Name, IReadOnlyList<string> Arguments, double Aim)
{
    /// <summary>In this order: <c>explain</c> explains what <c>hub</c> left.</summary>
    public static readonly IReadOnlyList<BenchmarkedCommand> All =
    [
        new("compare", ["compare", "--no-build"], 0.6),
        new("hub", ["hub", "--no-build"], 0.5),
        new("explain", ["explain", "--first-failure", "--no-build"], 0.5),
        new("compare-all", ["compare", "--all", "--no-build"], 0.5),
    ];

    /// <summary>Not a command but a comparison within this checkout: <see cref="CountingBenchmark"/>.</summary>
    public const string Counting = "counting";

    /// <summary>Everything that <c>--only</c> may name.</summary>
    public static IEnumerable<string> Names => All.Select(static command => command.Name).Append(Counting);

    /// <summary>The named ones, in the order of <see cref="All"/>, and whether counting is among them.</summary>
    /// <param name="list">Names with commas; null for all.</param>
    /// <exception cref="RingOsException">There is none of that name.</exception>
    public static (IReadOnlyList<BenchmarkedCommand> Commands, bool WithCounting) Chosen(string? list)
    {
        if (list is null)
            return (All, true);
        string[] names = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.FirstOrDefault(static name => !Names.Contains(name)) is { } unknown || names.Length == 0)
            throw new RingOsException($"--only {list}: there is {string.Join(", ", Names)}", exitCode: 2);
        return ([.. All.Where(command => names.Contains(command.Name))], names.Contains(Counting));
    }
}
