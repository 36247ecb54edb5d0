// For the NICs that cannot put a frame where it belongs: copies between packets and memory shared with the device. Next: DmaRegion.cs
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>
/// Moves frames between the packet pool and a driver's own <see cref="DmaRegion"/>. A grant has one only if its NIC needs it, because it
/// costs a wall: the driver's domain must have the whole pool in its memory, and what it may write it can read, on x86 at least. A driver in
/// C# still sees no payload but what it has copied into its own region.
/// </summary>
public sealed unsafe class PacketCopier
{
    private readonly PacketPool _packets;

    internal PacketCopier(PacketPool packets) => _packets = packets;

    /// <summary>Copies into a packet, from its <see cref="PacketLayout.FrameOffset"/> on.</summary>
    /// <param name="packet">Below the pool's count.</param>
    /// <param name="from">Where the frame is.</param>
    /// <param name="offset">Of the frame in it.</param>
    /// <param name="length">Up to <see cref="PacketLayout.MaximumTaggedFrame"/> bytes.</param>
    public void CopyIn(PacketIndex packet, DmaRegion from, int offset, int length)
    {
        GrantCheck.Copy(_packets.Contains(packet), length, offset, from.Length);
        Copy(FrameOf(packet), from.AddressOf(offset), length); // SAFETY: both ranges were checked just now.
    }

    /// <summary>Copies a packet's frame out of it; see <see cref="CopyIn"/>.</summary>
    public void CopyOut(PacketIndex packet, DmaRegion to, int offset, int length)
    {
        GrantCheck.Copy(_packets.Contains(packet), length, offset, to.Length);
        Copy(to.AddressOf(offset), FrameOf(packet), length); // SAFETY: both ranges were checked just now.
    }

    private byte* FrameOf(PacketIndex packet) => (byte*)_packets.AddressOf(packet, PacketLayout.FrameOffset);

    // Frames are copied whole: 8 bytes at a time, then what is left.
    private static void Copy(byte* to, byte* from, int length)
    {
        int done = 0;
        for (; done <= length - sizeof(ulong); done += sizeof(ulong))
            *(ulong*)(to + done) = *(ulong*)(from + done);
        for (; done < length; done++)
            to[done] = from[done];
    }
}
