// A packet pool wherever one likes, as a span of bytes.
using System;
using RingOS.Hardware;

internal static class PacketsOfAnAddress
{
    public static Span<byte> Run(ulong address) => new PacketPool((nint)address, ushort.MaxValue).Buffer(new PacketIndex(0));
}
