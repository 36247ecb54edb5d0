// A copy from descriptor memory to wherever one likes.
using RingOS.Hardware;

internal static class CopierOfAnAddress
{
    public static void Run(ulong address, DmaRegion from)
        => new PacketPool((nint)address, ushort.MaxValue).CreateCopier().CopyIn(new PacketIndex(0), from, 0, 60);
}
