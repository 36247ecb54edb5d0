// An address on the memory bus, as page tables and devices hold it. Next: VirtualAddress.cs
namespace RingOS.Kernel.Memory;

/// <summary>A physical address: 52 bits at most.</summary>
public readonly struct PhysicalAddress(ulong value)
{
    /// <summary>First address no x86-64 processor can have.</summary>
    public const ulong Limit = 1ul << 52;

    public ulong Value { get; } = value;

    public bool IsPageAligned => Page.IsAligned(Value);

    /// <summary>Whether this is a multiple of <paramref name="size"/>, a power of two.</summary>
    public bool IsAligned(ulong size) => (Value & (size - 1)) == 0;

    public PhysicalAddress Plus(ulong bytes) => new(Value + bytes);
}
