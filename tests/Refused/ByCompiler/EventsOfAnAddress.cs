// A consumer of events says what it has consumed wherever one likes.
using RingOS.Hardware;

internal static class EventsOfAnAddress
{
    public static void Run(ulong address) => new EventRingConsumer((nint)address, (nint)address).SetQuiet(true);
}
