// How many instructions lie between a device's interrupt and its driver. Next: Counting.cs
namespace RingOS.Instrument;

/// <summary>
/// From the first instruction of a device's entry into the kernel to the first of the driver's handler that follows; a handler that was called
/// for another reason is not counted. The first interrupts of a window are enough for a median: each costs a walk over all counters.
/// </summary>
internal static unsafe class InterruptTimes
{
    private const ulong NotRunning = ulong.MaxValue;

    private static ulong s_begun = NotRunning;

    public static void OnEntry(uint processor, nint argument)
    {
        if (IsWanted)
            s_begun = CountedSoFar();
    }

    public static void OnHandler(uint processor, nint argument)
    {
        if (!IsWanted || s_begun == NotRunning)
            return;
        SharedMemory.Series[SharedMemory.Header->Series.Count++] = (uint)(CountedSoFar() - s_begun);
        s_begun = NotRunning;
    }

    public static void Clear()
    {
        SharedMemory.Header->Series.Count = 0;
        s_begun = NotRunning;
    }

    private static bool IsWanted => Window.IsOpen && SharedMemory.Header->Series.Count < SharedMemory.Header->Series.Capacity;

    private static ulong CountedSoFar()
    {
        ulong* counters = Qemu.Counters;
        ulong count = SharedMemory.Header->Addresses.Count;
        ulong sum = 0;
        for (ulong i = 0; i < count; i++)
            sum += counters[i];
        return sum;
    }
}
