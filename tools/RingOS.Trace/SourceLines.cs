// From an address to the source line it was compiled from. Made by whoever can read debug information. Next: Phase.cs
using System;
using System.Collections.Generic;

namespace RingOS.Trace;

/// <summary>A line of source code.</summary>
/// <param name="File">Path below the repository's root.</param>
/// <param name="Number">From 1.</param>
/// <param name="Text">The line itself, trimmed; empty if the file is not there.</param>
public sealed record SourceLine(string File, int Number, string Text);

/// <summary>
/// The lines of all loaded images. A compiler names a line only where it can: what was inlined counts for the line that calls it.
/// </summary>
public sealed class SourceLines
{
    private readonly ulong[] _starts;
    private readonly SourceLine?[] _lines;

    /// <param name="rows">Where the code of a line begins, load bias included; null where code without a known line begins.</param>
    public SourceLines(IEnumerable<(ulong Address, SourceLine? Line)> rows)
    {
        SortedDictionary<ulong, SourceLine?> sorted = [];
        foreach ((ulong address, SourceLine? line) in rows)
        {
            // Of several rows at one address the last counts, but an end never hides the beginning of what follows it.
            if (line is not null || !sorted.ContainsKey(address))
                sorted[address] = line;
        }
        _starts = [.. sorted.Keys];
        _lines = [.. sorted.Values];
    }

    /// <summary>Nothing is known.</summary>
    public static SourceLines None { get; } = new([]);

    /// <summary>The line an address belongs to, or null.</summary>
    public SourceLine? At(ulong address)
    {
        int index = Array.BinarySearch(_starts, address);
        if (index < 0)
            index = ~index - 1;
        return index < 0 ? null : _lines[index];
    }
}
