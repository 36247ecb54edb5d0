// A boot module, where the direct map shows it. Back to: Page.cs
using System;

namespace RingOS.Kernel.Memory;

/// <summary>Bytes of mapped memory.</summary>
public sealed unsafe class MemoryBytes : ByteSource
{
    private readonly byte* _start;

    /// <param name="start">The first byte; all of them stay mapped and unchanged as long as this object is used.</param>
    /// <param name="length">Bytes.</param>
    public MemoryBytes(VirtualAddress start, ulong length)
    {
        _start = (byte*)start.Value; // SAFETY: the caller's promise above.
        Length = length;
    }

    public override ulong Length { get; }

    public override ReadOnlySpan<byte> Slice(ulong offset, int length)
    {
        if (length < 0 || !Contains(offset, (ulong)length))
            return default;
        // SAFETY: checked against Length just now.
        return new ReadOnlySpan<byte>(_start + offset, length);
    }
}
