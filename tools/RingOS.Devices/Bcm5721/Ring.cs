// A ring of descriptors in guest memory, as its control block describes it. Next: DmaEngines.cs
using System.Numerics;

namespace RingOS.Devices.Bcm5721;

/// <summary>
/// A control block is four words: address high, address low, entries in bits 31:16 with flags below (bit 1: disabled), address on the
/// chip. From the BCM5705 on, rings have 32 to 512 entries, a power of two.
/// </summary>
internal readonly record struct Ring(ulong Base, uint Count, uint EntryLength)
{
    public const uint SendEntry = 16;
    public const uint ReceiveEntry = 32;

    private const uint Disabled = 1 << 1;
    private const uint FewestEntries = 32;
    private const uint MostEntries = 512;

    public bool IsUsable => Count != 0;

    /// <summary>A ring that is disabled or of an impossible size has no entries.</summary>
    public static Ring FromControlBlock(uint high, uint low, uint countAndFlags, uint entryLength)
    {
        uint count = countAndFlags >> 16;
        bool isUsable = (countAndFlags & Disabled) == 0 && count is >= FewestEntries and <= MostEntries && BitOperations.IsPow2(count);
        return new Ring(low | ((ulong)high << 32), isUsable ? count : 0, entryLength);
    }

    public static Ring FromMemory(ChipMemory memory, uint address, uint entryLength)
        => FromControlBlock(memory.Read(address), memory.Read(address + 4), memory.Read(address + 8), entryLength);

    public static Ring FromRegisters(ChipRegisters registers, uint offset, uint entryLength)
        => FromControlBlock(registers[offset], registers[offset + 4], registers[offset + 8], entryLength);

    public bool Has(uint index) => index < Count;

    public uint After(uint index) => (index + 1) & (Count - 1);

    public ulong AddressOf(uint index) => unchecked(Base + index * EntryLength);
}
