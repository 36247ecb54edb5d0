// Events that are written wherever one likes.
using RingOS.Hardware;

internal static class EventRingOfAnAddress
{
    public static void Run(ulong address) => new EventRingProducer((nint)address).Publish();
}
