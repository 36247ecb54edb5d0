// Every executed address has a row, and so a counter: in the order in which QEMU first translated them. Next: Decoder.cs
namespace RingOS.Instrument;

/// <summary>A hash table with open addressing from an address to its row.</summary>
internal static unsafe class Addresses
{
    /// <summary>There is no room for another.</summary>
    public const ulong None = ulong.MaxValue;

    /// <summary>The row of an address, a new one if need be.</summary>
    public static ulong RowOf(ulong address, uint length, InstructionKind kind)
    {
        SharedHeader* header = SharedMemory.Header;
        uint* index = SharedMemory.AddressIndex;
        ulong mask = header->AddressIndex.Capacity - 1;
        ulong at = Hash(address) & mask;
        for (; index[at] != 0; at = (at + 1) & mask)
        {
            if (SharedMemory.Addresses[index[at] - 1].Address == address)
                return index[at] - 1;
        }
        if (header->Addresses.Count == header->Addresses.Capacity)
        {
            SharedMemory.Fail(InstrumentFailure.TooManyAddresses);
            return None;
        }
        AddressRow* row = SharedMemory.Addresses + header->Addresses.Count;
        row->Address = address;
        row->Length = length;
        row->Kind = kind;
        index[at] = (uint)++header->Addresses.Count;
        return index[at] - 1;
    }

    // Fibonacci hashing: neighbours, which follow each other by a few bytes, are spread.
    private static ulong Hash(ulong address) => (address * 0x9E37_79B9_7F4A_7C15) >> 32;
}
