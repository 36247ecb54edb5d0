// The first element of an array that may have none.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

internal static class ArrayWithoutItsBounds
{
    public static void Run(ulong[] array) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), 1_000_000) = 0;
}
