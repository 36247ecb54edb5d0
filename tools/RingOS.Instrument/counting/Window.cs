// The program's measured window: counters are cleared at its beginning and kept at its end. userland/lib/Measure.cs. Next: Helpers.cs
namespace RingOS.Instrument;

/// <summary>
/// It begins with the instruction by which Measure.Begin reads the clock and ends before the one by which Measure.End does, so that the
/// counters add up to the difference of what the two read. Where the clock is no instruction (simulated time) the first instructions of the
/// two methods are the edges.
/// </summary>
internal static unsafe class Window
{
    private const int NotAtEdge = 0;
    private const int AtBegin = 1;
    private const int AtEnd = 2;

    private static int s_edge;

    /// <summary>Between the edges, where times of interrupts count.</summary>
    public static bool IsOpen { get; private set; }

    public static void OnBegin(uint processor, nint slot)
    {
        if (!Places.IsFirstOfImage((SlotRow*)slot))
            return;
        s_edge = AtBegin;
        SharedMemory.Header->WindowsOpened++;
        Open();
    }

    public static void OnEnd(uint processor, nint slot)
    {
        if (!Places.IsFirstOfImage((SlotRow*)slot))
            return;
        s_edge = AtEnd;
        SharedMemory.Header->WindowsClosed = SharedMemory.Header->WindowsOpened;
        Keep();
    }

    public static void OnClockRead(uint processor, nint argument)
    {
        if (s_edge == AtBegin)
            Open();
        else if (s_edge == AtEnd)
            Keep();
        s_edge = NotAtEdge;
    }

    /// <summary>A run without a window is one.</summary>
    public static void OnRunEnded()
    {
        if (SharedMemory.Header->WindowsClosed == 0)
            Keep();
    }

    private static void Open()
    {
        SharedHeader* header = SharedMemory.Header;
        ulong* counters = Qemu.Counters;
        for (ulong i = 0; i < header->Addresses.Count; i++)
        {
            header->Before += counters[i];
            counters[i] = 0;
        }
        Helpers.Clear(counters);
        InterruptTimes.Clear();
        IsOpen = true;
    }

    private static void Keep()
    {
        SharedHeader* header = SharedMemory.Header;
        ulong* counters = Qemu.Counters;
        ulong* results = SharedMemory.Results;
        for (ulong i = 0; i < header->Addresses.Count; i++)
            results[i] = counters[i];
        header->Results.Count = header->Addresses.Count;
        Helpers.Keep(counters);
        IsOpen = false;
    }
}
