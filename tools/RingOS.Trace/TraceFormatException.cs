// What is wrong with an execution log, in words for the user. Back to: TraceReader.cs
using System;

namespace RingOS.Trace;

/// <summary>The log is no execution trace, or it does not hold what was looked for.</summary>
public sealed class TraceFormatException(string message) : Exception(message);
