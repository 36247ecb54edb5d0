// Requests that are read wherever one likes.
using RingOS.Hardware;

internal static class RequestsOfAnAddress
{
    public static ulong Run(ulong address) => new RequestRingConsumer((nint)address).Peek();
}
