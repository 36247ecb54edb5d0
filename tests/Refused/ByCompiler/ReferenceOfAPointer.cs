// A variable wherever one likes.
using System.Runtime.CompilerServices;

internal static class ReferenceOfAPointer
{
    public static unsafe ref ulong Run(ulong address) => ref Unsafe.AsRef<ulong>((void*)address);
}
