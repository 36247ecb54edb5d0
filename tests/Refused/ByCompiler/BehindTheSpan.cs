// What lies behind the last element: a span without elements still knows where it would begin.
using System;

internal static class BehindTheSpan
{
    public static void Run(Span<ulong> span) => span.Slice(span.Length).GetPinnableReference() = 0;
}
