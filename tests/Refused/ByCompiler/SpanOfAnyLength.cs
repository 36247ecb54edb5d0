// A span that is longer than what it starts with.
using System;
using System.Runtime.InteropServices;

internal static class SpanOfAnyLength
{
    public static Span<byte> Run(ref byte first) => MemoryMarshal.CreateSpan(ref first, int.MaxValue);
}
