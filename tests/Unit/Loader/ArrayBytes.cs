// A file in a test's array. Next: ElfBuilder.cs
using System;
using RingOS.Kernel.Memory;

namespace RingOS.Tests.Unit.Loader;

internal sealed class ArrayBytes(byte[] bytes) : ByteSource
{
    public override ulong Length => (ulong)bytes.Length;

    public override ReadOnlySpan<byte> Slice(ulong offset, int length)
        => length >= 0 && Contains(offset, (ulong)length) ? bytes.AsSpan((int)offset, length) : default;
}
