// The part of a trace that is measured: from Measure.Begin to Measure.End. userland/lib. Next: TraceAnalyzer.cs
using System;

namespace RingOS.Trace;

/// <summary>Instructions <paramref name="Start"/> (included) to <paramref name="End"/> (not included) of a trace.</summary>
public readonly record struct TraceWindow(int Start, int End)
{
    /// <summary>How the marker methods' names end; they must not be inlined.</summary>
    public const string BeginSuffix = "Measure__Begin";
    public const string EndSuffix = "Measure__End";

    public int Length => End - Start;

    public static TraceWindow Whole(ExecutionTrace trace) => new(0, trace.Count);

    /// <summary>
    /// The window a program marked. It ends before the first instruction of the last call of `Measure.End`, and starts behind
    /// the last instruction of the last `Measure.Begin` before it: the `ret` of Begin is outside, the instruction it returns
    /// to is inside, the `call` of End is inside. Methods that Begin and End call count as outside too, if control comes back.
    /// </summary>
    /// <param name="trace">A whole run.</param>
    /// <param name="symbols">Where the markers are.</param>
    /// <param name="image">The program whose markers count.</param>
    /// <exception cref="TraceFormatException">A marker is missing from the image or never ran.</exception>
    public static TraceWindow Marked(ExecutionTrace trace, SymbolMap symbols, string image)
    {
        Marker begin = Marker.Find(symbols, image, BeginSuffix);
        Marker end = Marker.Find(symbols, image, EndSuffix);
        int endFirst = end.LastEntryBefore(trace, trace.Count);
        if (endFirst < 0)
            throw new TraceFormatException($"The program {image} never reached {EndSuffix}: it failed, or the trace was cut short.");
        int beginLast = begin.LastInsideBefore(trace, endFirst);
        if (beginLast < 0)
            throw new TraceFormatException($"The program {image} ran {EndSuffix} without {BeginSuffix} before it.");
        return new TraceWindow(beginLast + 1, endFirst);
    }

    private readonly record struct Marker(ulong Start, ulong Length)
    {
        public static Marker Find(SymbolMap symbols, string image, string suffix)
        {
            foreach (SymbolRange range in symbols.Ranges)
            {
                if (range.Method.Image == image && range.Method.Name.EndsWith(suffix, StringComparison.Ordinal))
                    return new Marker(range.Start, range.End - range.Start);
            }
            throw new TraceFormatException($"The image {image} has no method {suffix}: it was not built to be measured.");
        }

        public int LastEntryBefore(ExecutionTrace trace, int limit)
        {
            int index = limit - 1;
            while (index >= 0 && trace.AddressAt(index) != Start)
                index--;
            return index;
        }

        public int LastInsideBefore(ExecutionTrace trace, int limit)
        {
            int index = limit - 1;
            while (index >= 0 && trace.AddressAt(index) - Start >= Length)
                index--;
            return index;
        }
    }
}
