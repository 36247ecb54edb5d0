// Eight bytes of a packet at once, in memory order. The only place in the stack that reinterprets memory. Back to: NetworkStack.cs
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RingOS.Net;

/// <summary>Little-endian words at any alignment. The slices check the bounds; where they are constants that costs nothing.</summary>
internal static class Words
{
    public const int Size = sizeof(ulong);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ReadOnlySpan<byte> bytes, int offset)
    {
        _ = bytes.Slice(offset, Size);
        return Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), offset));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Span<byte> bytes, int offset, ulong value)
    {
        _ = bytes.Slice(offset, Size);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), offset), value);
    }
}
