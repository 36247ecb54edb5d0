// What a descriptor in guest memory says: 16 bytes to send, 32 bytes to receive. Next: SendEngine.cs
using System;
using System.Buffers.Binary;

namespace RingOS.Devices.Bcm5721;

/// <summary>{address high, address low, length in 31:16 and flags, VLAN tag}. There is no room in it for what became of the frame.</summary>
internal readonly ref struct SendDescriptor(ReadOnlySpan<byte> bytes)
{
    private const uint End = 1 << 2;

    public ulong Address { get; } = Word.Address(bytes);

    public int Length { get; } = (int)(Word.At(bytes, 2) >> 16);

    public bool IsLast { get; } = (Word.At(bytes, 2) & End) != 0;
}

/// <summary>
/// {address high, address low, index in 31:16 and length, type and flags, checksums, errors in 31:16 and VLAN tag, -, opaque}. The
/// guest lends a buffer with one in the standard ring and gets it back with a copy in the return ring.
/// </summary>
internal static class ReceiveDescriptor
{
    public const int Size = (int)Ring.ReceiveEntry;
    public const uint HugeFrame = 1 << 24; // among the errors
    public const uint NoResources = 1 << 23;

    private const uint End = 1 << 2;
    private const uint HasError = 1 << 10;
    private const int FrameCheck = 4;

    public static int BufferLength(ReadOnlySpan<byte> bytes) => (int)(Word.At(bytes, 2) & 0xFFFF);

    /// <summary>Turns a lent descriptor into a returned one. The length counts the check sequence, though it is not stored.</summary>
    public static void Return(Span<byte> bytes, uint index, int frameLength, uint errors)
    {
        Word.Set(bytes, 2, (index << 16) | (uint)(errors == 0 ? frameLength + FrameCheck : 0));
        Word.Set(bytes, 3, End | (errors == 0 ? 0 : HasError));
        Word.Set(bytes, 4, 0);
        Word.Set(bytes, 5, errors);
    }
}

/// <summary>Little-endian words of 32 bits.</summary>
internal static class Word
{
    public static uint At(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * 4)..]);

    public static ulong Address(ReadOnlySpan<byte> bytes) => At(bytes, 1) | ((ulong)At(bytes, 0) << 32);

    public static void Set(Span<byte> bytes, int index, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[(index * 4)..], value);
}
