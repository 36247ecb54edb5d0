// Reads the encodings of debug information one after the other. DWARF 4, section 7.6 and appendix C. Back to: LineProgram.cs
using System;
using System.Buffers.Binary;
using System.Text;

namespace RingOS.Host.Tracing;

/// <summary>A position in a byte sequence; reading beyond its end throws <see cref="ArgumentOutOfRangeException"/>.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; set; }

    public readonly bool IsAtEnd => Position >= _bytes.Length;

    public byte Byte() => Take(1)[0];

    public ushort Half() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint Word() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong Quad() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>LEB128, unsigned.</summary>
    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
                return value;
        }
    }

    /// <summary>LEB128, signed.</summary>
    public long Signed()
    {
        const int Bits = 64;
        long value = 0;
        for (int shift = 0; ;)
        {
            byte next = Byte();
            value |= (long)(next & 0x7F) << shift;
            shift += 7;
            if ((next & 0x80) == 0)
                return (next & 0x40) != 0 && shift < Bits ? value | (-1L << shift) : value;
        }
    }

    /// <summary>Characters up to a NUL.</summary>
    public string Text()
    {
        int length = _bytes[Position..].IndexOf((byte)0);
        string text = Encoding.UTF8.GetString(Take(length));
        Position++;
        return text;
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, length);
        Position += length;
        return taken;
    }
}
