// Bytes in a file or an archive, read only through checked slices. Next: MemoryBytes.cs
using System;

namespace RingOS.Kernel.Memory;

/// <summary>A read-only sequence of bytes that somebody else made and nobody trusts.</summary>
public abstract class ByteSource
{
    /// <summary>Bytes there are.</summary>
    public abstract ulong Length { get; }

    /// <summary>Bytes <paramref name="offset"/> .. offset + length - 1; empty if not all of them exist.</summary>
    public abstract ReadOnlySpan<byte> Slice(ulong offset, int length);

    /// <summary>Whether all these bytes exist.</summary>
    public bool Contains(ulong offset, ulong length) => length <= Length && offset <= Length - length;
}

/// <summary>A part of another source, such as one file of an archive. The part must exist, else it is empty.</summary>
public sealed class ByteWindow(ByteSource whole, ulong start, ulong length) : ByteSource
{
    public override ulong Length { get; } = whole.Contains(start, length) ? length : 0;

    public override ReadOnlySpan<byte> Slice(ulong offset, int length)
        => length >= 0 && Contains(offset, (ulong)length) ? whole.Slice(start + offset, length) : default;
}
