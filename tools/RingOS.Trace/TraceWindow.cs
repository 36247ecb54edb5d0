// A part of a trace. Next: TraceAnalyzer.cs

namespace RingOS.Trace;

/// <summary>Instructions <paramref name="Start"/> (included) to <paramref name="End"/> (not included) of a trace.</summary>
public readonly record struct TraceWindow(int Start, int End)
{
    /// <summary>How the names end of the methods that mark a program's measured window (userland/lib/Measure.cs); they must not be inlined.</summary>
    public const string BeginSuffix = "Measure__Begin";
    public const string EndSuffix = "Measure__End";

    public int Length => End - Start;

    public static TraceWindow Whole(ExecutionTrace trace) => new(0, trace.Count);
}
