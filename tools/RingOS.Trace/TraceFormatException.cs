// What is wrong with counts or a recording, in words for the user. Back to: CountAnalyzer.cs
using System;

namespace RingOS.Trace;

/// <summary>It contradicts itself, or does not hold what was looked for.</summary>
public sealed class TraceFormatException(string message) : Exception(message);
