// What lies behind a variable.
using System.Runtime.CompilerServices;

internal static class BeyondTheReference
{
    public static void Run(ref ulong value) => Unsafe.Add(ref value, 1_000_000) = 0;
}
