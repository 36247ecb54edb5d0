// A register window wherever one likes.
using RingOS.Hardware;

internal static class RegistersOfAnAddress
{
    public static void Run(ulong address) => new MappedMmioRegion((nint)address, uint.MaxValue).Write(0, 0);
}
