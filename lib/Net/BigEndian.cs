// Numbers in network byte order. Next: Words.cs
using System;
using System.Buffers.Binary;

namespace RingOS.Net;

/// <summary>Reads and writes fields of protocol headers, most significant byte first; bounds are the span's.</summary>
internal static class BigEndian
{
    /// <summary>A 16-bit number with its bytes exchanged: host order to memory order and back.</summary>
    public static ushort Swap(ushort value) => BinaryPrimitives.ReverseEndianness(value);

    public static uint Swap(uint value) => BinaryPrimitives.ReverseEndianness(value);

    public static ushort Read16(ReadOnlySpan<byte> bytes, int offset)
        => (ushort)((bytes[offset] << 8) | bytes[offset + 1]);

    public static uint Read32(ReadOnlySpan<byte> bytes, int offset)
        => ((uint)Read16(bytes, offset) << 16) | Read16(bytes, offset + 2);

    public static void Write16(Span<byte> bytes, int offset, ushort value)
    {
        bytes[offset] = (byte)(value >> 8);
        bytes[offset + 1] = (byte)value;
    }

    public static void Write32(Span<byte> bytes, int offset, uint value)
    {
        Write16(bytes, offset, (ushort)(value >> 16));
        Write16(bytes, offset + 2, (ushort)value);
    }
}
