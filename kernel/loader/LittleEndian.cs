// Numbers in a file that was written on the same kind of machine. Next: ElfHeader.cs
using System;

namespace RingOS.Kernel.Loader;

/// <summary>Reads little-endian numbers at any offset; the caller knows that the bytes exist.</summary>
internal static class LittleEndian
{
    public static ushort Read16(ReadOnlySpan<byte> bytes, int offset) => (ushort)(bytes[offset] | (bytes[offset + 1] << 8));

    public static uint Read32(ReadOnlySpan<byte> bytes, int offset) => Read16(bytes, offset) | ((uint)Read16(bytes, offset + 2) << 16);

    public static ulong Read64(ReadOnlySpan<byte> bytes, int offset) => Read32(bytes, offset) | ((ulong)Read32(bytes, offset + 4) << 32);
}
