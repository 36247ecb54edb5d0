// A span over whatever a handle names.
using System;
using System.Runtime.CompilerServices;

internal static class SpanOfAField
{
    public static ReadOnlySpan<int> Run(RuntimeFieldHandle field) => RuntimeHelpers.CreateSpan<int>(field);
}
