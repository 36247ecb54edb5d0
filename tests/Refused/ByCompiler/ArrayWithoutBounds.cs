// An array without its bounds: the compiler indexes it by way of Unsafe.
using System.Runtime.CompilerServices;

[InlineArray(4)]
internal struct ArrayWithoutBounds
{
    public ulong First;
}
