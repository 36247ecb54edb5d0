// The stack by the byte: made of an address by the compiler.
using System;

internal static class SpanOfTheStack
{
    public static byte Run(int length)
    {
        Span<byte> bytes = stackalloc byte[length];
        return bytes[0];
    }
}
