// Descriptor memory wherever one likes.
using RingOS.Hardware;

internal static class DmaOfAnAddress
{
    public static void Run(ulong address) => new DmaRegion((nint)address, new DeviceAddress(0), int.MaxValue).Write64(0, 0);
}
