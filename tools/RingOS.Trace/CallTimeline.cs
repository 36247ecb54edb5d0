// One call, instruction by instruction: which ring, which image, which method. Back to: TraceReport.cs
using System;
using System.Collections.Generic;

namespace RingOS.Trace;

/// <summary>A stretch of instructions in one method at one privilege level.</summary>
/// <param name="Offset">Instructions since the call began.</param>
/// <param name="Length">Instructions in the stretch, at least 1.</param>
/// <param name="Cpl">Privilege level, 0..3.</param>
/// <param name="Method">Where it ran.</param>
public sealed record TimelineSegment(int Offset, int Length, int Cpl, Method Method);

/// <summary>The way of one call through rings and images, as design.md section 4 draws it.</summary>
public static class CallTimeline
{
    /// <summary>
    /// The window of one call: from the first instruction of the method to the first instruction after it that runs in its
    /// caller at the caller's level, or to the end of the trace.
    /// </summary>
    /// <param name="trace">A run.</param>
    /// <param name="symbols">Its images.</param>
    /// <param name="image">The image of the called method.</param>
    /// <param name="methodSuffix">How the called method's name ends.</param>
    /// <param name="occurrence">Which of its calls, from 0.</param>
    /// <exception cref="TraceFormatException">There were not that many calls.</exception>
    public static TraceWindow WindowOfCall(ExecutionTrace trace, SymbolMap symbols, string image, string methodSuffix, int occurrence)
    {
        int seen = 0;
        for (int i = 0; i < trace.Count; i++)
        {
            int range = symbols.RangeAt(trace.AddressAt(i));
            if (range >= 0 && IsEntry(symbols.Ranges[range], trace.AddressAt(i), image, methodSuffix) && seen++ == occurrence)
                return new TraceWindow(i, ReturnAfter(trace, symbols, i));
        }
        throw new TraceFormatException($"The trace holds {seen} calls of {image} *{methodSuffix}; number {occurrence} was asked for.");
    }

    /// <summary>The stretches of a window, in order; their lengths add up to the window's.</summary>
    public static IReadOnlyList<TimelineSegment> Segments(ExecutionTrace trace, SymbolMap symbols, TraceWindow window)
    {
        List<TimelineSegment> segments = [];
        for (int i = window.Start; i < window.End;)
        {
            Method method = symbols.MethodAt(trace.AddressAt(i));
            int cpl = trace.CplAt(i);
            int first = i;
            while (i < window.End && trace.CplAt(i) == cpl && symbols.MethodAt(trace.AddressAt(i)) == method)
                i++;
            segments.Add(new TimelineSegment(first - window.Start, i - first, cpl, method));
        }
        return segments;
    }

    private static bool IsEntry(SymbolRange range, ulong address, string image, string methodSuffix)
        => range.Start == address && range.Method.Image == image && range.Label.EndsWith(methodSuffix, StringComparison.Ordinal);

    private static int ReturnAfter(ExecutionTrace trace, SymbolMap symbols, int entry)
    {
        if (entry == 0)
            return trace.Count;
        Method caller = symbols.MethodAt(trace.AddressAt(entry - 1));
        int cpl = trace.CplAt(entry - 1);
        for (int i = entry + 1; i < trace.Count; i++)
        {
            if (trace.CplAt(i) == cpl && symbols.MethodAt(trace.AddressAt(i)) == caller)
                return i;
        }
        return trace.Count;
    }
}
