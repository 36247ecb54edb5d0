// What the instrument wrote down of a run. Next: WriteFinder.cs
namespace RingOS.Trace;

/// <summary>A recording, from the beginning of the measured window or from a write() in it.</summary>
/// <param name="Trace">Every executed instruction, in order.</param>
/// <param name="WindowEnd">Index of the first instruction behind the window.</param>
/// <param name="FirstWrite">Number of the first write() that is in it whole, from 1.</param>
public sealed record RecordedRun(ExecutionTrace Trace, int WindowEnd, long FirstWrite);
