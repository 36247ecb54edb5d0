// Which station has which IPv4 address, for a while. RFC 826, RFC 1122 2.3.2. Next: NextHopWaiters.cs
namespace RingOS.Net;

/// <summary>What we know, or are asking, about one address.</summary>
internal sealed class ArpEntry
{
    /// <summary>0: the entry is not in use.</summary>
    public uint Address;

    /// <summary>0: not known yet.</summary>
    public ulong Station;

    /// <summary>Clock ticks: when a known address is too old, or when an unknown one is asked for again.</summary>
    public ulong Deadline;

    /// <summary>Requests sent since it was last known.</summary>
    public int Attempts;
}

/// <summary>A few entries; the oldest known one makes room for a new one.</summary>
internal sealed class ArpCache
{
    public const int Capacity = 16;

    private readonly ArpEntry[] _entries = new ArpEntry[Capacity];

    public ArpCache()
    {
        for (int i = 0; i < Capacity; i++)
            _entries[i] = new ArpEntry();
    }

    public ArpEntry At(int index) => _entries[index];

    /// <summary>The entry of an address, which is not 0, or null.</summary>
    public ArpEntry? Find(uint address)
    {
        foreach (ArpEntry entry in _entries)
        {
            if (entry.Address == address)
                return entry;
        }
        return null;
    }

    /// <summary>A new entry, to be asked for at once; null if all the others are being asked for.</summary>
    public ArpEntry? Add(uint address)
    {
        ArpEntry? best = null;
        foreach (ArpEntry entry in _entries)
        {
            bool isUsable = entry.Address == 0 || entry.Station != 0;
            if (isUsable && (best is null || AgeOf(entry) < AgeOf(best)))
                best = entry;
        }
        if (best is not null)
            Reset(best, address);
        return best;
    }

    public static void Remove(ArpEntry entry) => Reset(entry, 0);

    /// <summary>Starts an entry anew: nothing known, nothing asked.</summary>
    public static void Reset(ArpEntry entry, uint address)
    {
        entry.Address = address;
        entry.Station = 0;
        entry.Deadline = 0;
        entry.Attempts = 0;
    }

    // Unused entries come first.
    private static ulong AgeOf(ArpEntry entry) => entry.Address == 0 ? 0 : entry.Deadline;
}
