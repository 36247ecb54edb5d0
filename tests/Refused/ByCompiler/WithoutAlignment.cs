// Eight bytes read where there is one.
using System.Runtime.CompilerServices;

internal static class WithoutAlignment
{
    public static ulong Run(ref byte first) => Unsafe.ReadUnaligned<ulong>(ref first);
}
