// Finds the write() calls of a run. Next: WriteProgress.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>Looks for calls of write() on a socket between a program's marks.</summary>
public static class WriteFinder
{
    /// <summary>How the name ends of the method of the kernel that every such call comes by, once.</summary>
    public const string Landmark = "_Sockets_Socket__Write"; // where every such call comes by, once
    private const int UserLevel = 3;

    /// <summary>Where each write() begins: the first instruction of the program's user stub.</summary>
    /// <param name="run">A run; its first whole write() comes first.</param>
    /// <param name="symbols">Its images.</param>
    /// <param name="image">The program.</param>
    /// <exception cref="TraceFormatException">The kernel has no such method.</exception>
    public static IReadOnlyList<int> Starts(RecordedRun run, SymbolMap symbols, string image)
    {
        ExecutionTrace trace = run.Trace;
        SymbolRange landmark = symbols.Ranges.FirstOrDefault(static range => range.Label.EndsWith(Landmark, StringComparison.Ordinal))
            ?? throw new TraceFormatException($"The kernel has no method *{Landmark}: it was renamed, or inlined everywhere.");
        TraceWindow window = new(0, run.WindowEnd);
        List<int> starts = [];
        for (int i = window.Start; i < window.End; i++)
        {
            if (trace.AddressAt(i) != landmark.Start)
                continue;
            if (StubBefore(trace, symbols, window, i) is int start && symbols.MethodAt(trace.AddressAt(start)).Image == image)
                starts.Add(start);
        }
        return starts;
    }

    // Back to where ring 3 was left, then to where that stub was entered.
    private static int? StubBefore(ExecutionTrace trace, SymbolMap symbols, TraceWindow window, int index)
    {
        int i = index;
        while (i >= window.Start && trace.CplAt(i) != UserLevel)
            i--;
        if (i < window.Start || symbols.RangeAt(trace.AddressAt(i)) is var range && range < 0)
            return null;
        while (i >= window.Start && trace.AddressAt(i) != symbols.Ranges[range].Start)
            i--;
        return i < window.Start ? null : i;
    }
}
