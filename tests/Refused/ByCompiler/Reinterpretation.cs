// A number taken for a reference.
using System.Runtime.CompilerServices;

internal static class Reinterpretation
{
    public static object Run(ref nint address) => Unsafe.As<nint, object>(ref address);
}
