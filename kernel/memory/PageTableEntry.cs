// The only place that knows the bits of a page-table entry. Intel SDM vol. 3, tables 4-15 to 4-20. Next: IPhysicalMemory.cs
using System;

namespace RingOS.Kernel.Memory;

/// <summary>One entry of a page table of any level. Zero is "nothing here".</summary>
public readonly struct PageTableEntry(ulong value)
{
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;

    [Flags]
    private enum Bits : ulong
    {
        Present = 1ul << 0, // P
        Writable = 1ul << 1, // R/W
        User = 1ul << 2, // U/S
        WriteThrough = 1ul << 3, // PWT
        CacheDisabled = 1ul << 4, // PCD
        Large = 1ul << 7, // PS
        Global = 1ul << 8, // G
        Owned = 1ul << 9, // ignored by the processor
        KeyLow = 1ul << 59, // protection key, bits 62:59
        KeyHigh = 1ul << 60,
        NoExecute = 1ul << 63, // XD
    }

    public ulong Value { get; } = value;

    public bool IsPresent => Has(Bits.Present);

    /// <summary>The entry maps a page of 2 MiB or 1 GiB. Meaningful in tables of level 2 and 3.</summary>
    public bool IsLarge => Has(Bits.Large);

    public bool IsOwned => Has(Bits.Owned);

    /// <summary>The frame of the next table, or the start of the page.</summary>
    public PhysicalAddress Address => new(Value & AddressMask);

    /// <summary>What a leaf entry allows.</summary>
    public PageFlags Flags
        => (Has(Bits.Writable) ? PageFlags.Writable : 0)
            | (Has(Bits.User) ? PageFlags.User : 0)
            | (Has(Bits.NoExecute) ? PageFlags.NoExecute : 0)
            | (Has(Bits.CacheDisabled) ? PageFlags.Uncached : 0)
            | (Has(Bits.Global) ? PageFlags.Global : 0)
            | (Has(Bits.Owned) ? PageFlags.Owned : 0)
            | (Has(Bits.KeyLow) ? PageFlags.Key1 : 0)
            | (Has(Bits.KeyHigh) ? PageFlags.Key2 : 0);

    /// <summary>An entry that maps a page; <paramref name="large"/> in tables above the last level.</summary>
    public static PageTableEntry Leaf(PhysicalAddress start, PageFlags flags, bool large)
        => new(start.Value | (ulong)(FromFlags(flags) | Bits.Present | (large ? Bits.Large : 0)));

    /// <summary>An entry that leads to another table. It allows everything the leaves below may allow; ring 3 only in the low half.</summary>
    public static PageTableEntry Table(PhysicalAddress frame, bool user)
        => new(frame.Value | (ulong)(Bits.Present | Bits.Writable | (user ? Bits.User : 0)));

    private static Bits FromFlags(PageFlags flags)
        => ((flags & PageFlags.Writable) != 0 ? Bits.Writable : 0)
            | ((flags & PageFlags.User) != 0 ? Bits.User : 0)
            | ((flags & PageFlags.NoExecute) != 0 ? Bits.NoExecute : 0)
            | ((flags & PageFlags.Uncached) != 0 ? Bits.CacheDisabled | Bits.WriteThrough : 0)
            | ((flags & PageFlags.Global) != 0 ? Bits.Global : 0)
            | ((flags & PageFlags.Owned) != 0 ? Bits.Owned : 0)
            | ((flags & PageFlags.Key1) != 0 ? Bits.KeyLow : 0)
            | ((flags & PageFlags.Key2) != 0 ? Bits.KeyHigh : 0);

    private bool Has(Bits bit) => (Value & (ulong)bit) != 0;
}
