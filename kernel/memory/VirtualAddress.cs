// An address as a program sees it: an index into page tables. Intel SDM vol. 3, 4.5.4. Next: PageFlags.cs
namespace RingOS.Kernel.Memory;

/// <summary>A virtual address of 48 bits, sign-extended. The low half belongs to processes, the high half to the kernel.</summary>
public readonly struct VirtualAddress(ulong value)
{
    private const int Bits = 48;

    public ulong Value { get; } = value;

    public bool IsPageAligned => Page.IsAligned(Value);

    public ulong PageOffset => Value & (Page.Size - 1);

    /// <summary>Bits 63:47 are all equal; the processor refuses any other address.</summary>
    public bool IsCanonical => (ulong)((long)(Value << (64 - Bits)) >> (64 - Bits)) == Value;

    /// <summary>In a process's half. Meaningful for canonical addresses.</summary>
    public bool IsLowHalf => (long)Value >= 0;

    /// <summary>Whether this is a multiple of <paramref name="size"/>, a power of two.</summary>
    public bool IsAligned(ulong size) => (Value & (size - 1)) == 0;

    public VirtualAddress Plus(ulong bytes) => new(Value + bytes);

    /// <summary>Which entry of a table of this level (4 = root, 1 = last) leads to this address: 0..511.</summary>
    public ulong TableIndex(int level) => (Value >> (12 + 9 * (level - 1))) & 511;
}
