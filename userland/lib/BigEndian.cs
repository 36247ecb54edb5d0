// Numbers in network byte order. Next: ../apps/hello/Program.cs
using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RingOS.User;

/// <summary>Reads and writes 16- and 32-bit numbers, most significant byte first, inside bounds.</summary>
public static class BigEndian
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write32(Span<byte> bytes, int offset, uint value)
        => Unsafe.WriteUnaligned(ref At(bytes, offset, sizeof(uint)), BinaryPrimitives.ReverseEndianness(value));

    public static void Write16(Span<byte> bytes, int offset, ushort value)
        => Unsafe.WriteUnaligned(ref At(bytes, offset, sizeof(ushort)), BinaryPrimitives.ReverseEndianness(value));

    public static uint Read32(ReadOnlySpan<byte> bytes, int offset)
        => BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<uint>(ref At(bytes, offset, sizeof(uint))));

    public static ushort Read16(ReadOnlySpan<byte> bytes, int offset)
        => BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ushort>(ref At(bytes, offset, sizeof(ushort))));

    // Slicing checks that all bytes of the number are inside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte At(Span<byte> bytes, int offset, int size) => ref MemoryMarshal.GetReference(bytes.Slice(offset, size));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte At(ReadOnlySpan<byte> bytes, int offset, int size) => ref MemoryMarshal.GetReference(bytes.Slice(offset, size));
}
