// Requests that are written wherever one likes.
using RingOS.Hardware;

internal static class RequestRingOfAnAddress
{
    public static void Run(ulong address) => new RequestRingProducer((nint)address, (nint)address).Publish();
}
