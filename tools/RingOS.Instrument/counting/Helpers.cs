// Methods whose instructions count for the layer of their caller. Which those are, the plan says. Next: InterruptTimes.cs
namespace RingOS.Instrument;

/// <summary>
/// A helper has one counter more, which all its instructions add to. Calls into helpers say who calls; at a helper's first instruction what it
/// has counted since is credited to the caller before, and the new caller is remembered. An interrupt in between changes nothing.
/// </summary>
internal static unsafe class Helpers
{
    private const nint Nobody = -1;
    private const nint FirstHelper = 0x100; // below: a layer

    private static nint s_caller = Nobody;

    /// <summary>What a transfer from a place says of its caller.</summary>
    public static nint CallerAt(Place place)
    {
        if (place.IsHelper)
            return FirstHelper + (nint)place.Helper;
        return place.Range == null ? LayerCounts.Count - 1 : place.Range->Layer;
    }

    /// <summary>The number of a helper's own counter: they are given away from the top.</summary>
    public static ulong CounterOf(ulong helper) => SharedMemory.Header->Live.Capacity - 1 - helper;

    /// <summary>Makes rows for the helpers of an image.</summary>
    public static bool TryAdd(ulong count)
    {
        SharedHeader* header = SharedMemory.Header;
        if (header->Helpers.Capacity - header->Helpers.Count < count)
        {
            SharedMemory.Fail(InstrumentFailure.TooManySlots);
            return false;
        }
        for (ulong i = 0; i < count; i++)
            SharedMemory.Helpers[header->Helpers.Count + i].Layer = LayerCounts.Count - 1;
        header->Helpers.Count += count;
        return true;
    }

    public static void OnCall(uint processor, nint caller) => s_caller = caller;

    public static void OnEntered(uint processor, nint helper)
    {
        nint caller = s_caller;
        s_caller = Nobody;
        if (caller == Nobody)
            return; // a loop back to its first instruction
        HelperRow* row = SharedMemory.Helpers + helper;
        Credit(row, Qemu.Counters[CounterOf((ulong)helper)]);
        row->Layer = caller < FirstHelper ? (ulong)caller : SharedMemory.Helpers[caller - FirstHelper].Layer;
    }

    /// <summary>The window begins.</summary>
    public static void Clear(ulong* counters)
    {
        for (ulong i = 0; i < SharedMemory.Header->Helpers.Count; i++)
        {
            counters[CounterOf(i)] = 0;
            HelperRow* row = SharedMemory.Helpers + i;
            row->Credited = 0;
            row->ByLayer = default;
        }
    }

    /// <summary>The window ends: what is not credited yet is, and the sums are kept.</summary>
    public static void Keep(ulong* counters)
    {
        SharedHeader* header = SharedMemory.Header;
        header->HelpersByLayer = default;
        for (ulong i = 0; i < header->Helpers.Count; i++)
        {
            HelperRow* row = SharedMemory.Helpers + i;
            Credit(row, counters[CounterOf(i)]);
            for (int layer = 0; layer < LayerCounts.Count; layer++)
                header->HelpersByLayer[layer] += row->ByLayer[layer];
        }
    }

    private static void Credit(HelperRow* row, ulong counted)
    {
        row->ByLayer[(int)row->Layer] += counted - row->Credited;
        row->Credited = counted;
    }
}
