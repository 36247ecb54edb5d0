// The receive buffer: one ring of bytes that the device fills, frame after frame. Datasheet 5.6, 7.1. Next: LentPackets.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.Rtl8139;

/// <summary>
/// The device knows no buffers of ours: it writes each frame, with a header of 4 bytes before it, behind the last one. So frames are copied
/// from here into the packets that were lent, by a <see cref="PacketCopier"/>. That is what this NIC needs more than an e1000: its driver's
/// domain holds the whole packet pool, and one copy a frame.
/// </summary>
internal sealed class ReceiveBuffer
{
    /// <summary>
    /// 8 KiB, and room behind them for the longest frame that the device can be made to store there: nothing of ours lies where it writes.
    /// The datasheet's chip takes 4 KiB. QEMU's takes whatever its network brings, at most <see cref="LongestFrame"/>.
    /// </summary>
    public const int Length = (int)(Size + LongestFrame) + Around;

    /// <summary>Bytes of the longest frame in QEMU's network: NET_BUFSIZE.</summary>
    private const uint LongestFrame = 4096 + 65536;

    private const uint Size = 8192;
    private const int Around = 16; // header, check sequence, and what aligns the end
    private const uint HeaderSize = 4;
    private const uint PointerBias = 16; // CAPR holds 16 less than the offset it means

    private readonly DmaRegion _bytes;
    private uint _offset; // of the oldest frame's header: below Size, a multiple of 4

    /// <param name="dma">The memory shared with the device.</param>
    /// <param name="offset">Where the buffer starts in it, a multiple of 16.</param>
    public ReceiveBuffer(DmaRegion dma, int offset) => _bytes = dma.Slice(offset, Length);

    public DeviceAddress Base => _bytes.Device;

    /// <summary>The oldest frame's header, if there is a frame.</summary>
    public ReceiveHeader Header
    {
        get
        {
            ulong word = _bytes.Read64((int)(_offset & ~7u));
            return new ReceiveHeader((uint)(word >> (int)((_offset & 4) * 8)));
        }
    }

    /// <summary>What CAPR is to hold.</summary>
    public ushort ReadPointer => (ushort)(_offset - PointerBias);

    /// <summary>The receiver begins anew.</summary>
    public void Open() => _offset = 0;

    /// <summary>Copies the oldest frame into a packet; its header has been found good.</summary>
    public void CopyTo(PacketIndex packet, PacketCopier copier, ushort length)
        => copier.CopyIn(packet, _bytes, (int)(_offset + HeaderSize), length);

    /// <summary>Steps over the oldest frame.</summary>
    public void Skip(ReceiveHeader header) => _offset = (_offset + HeaderSize + header.StoredLength + 3) % Size & ~3u;
}

/// <summary>What the device wrote before a frame: status in bits 15:0, length with check sequence in 31:16.</summary>
internal readonly struct ReceiveHeader(uint value)
{
    private const uint Ok = 1u << 0; // ROK
    private const uint Errors = 0b11_1110; // FAE, CRC, LONG, RUNT, ISE
    private const uint CheckSequence = 4;

    /// <summary>Bytes in the buffer behind the header.</summary>
    public uint StoredLength => value >> 16;

    /// <summary>Bytes of the frame without check sequence.</summary>
    public ushort FrameLength => (ushort)(StoredLength - CheckSequence);

    /// <summary>
    /// A whole frame of a length that fits. The receiver does not store others, so whoever finds one has lost the place in the buffer where
    /// frames start, or has a device that lies.
    /// </summary>
    public bool IsGoodFrame
        => (value & (Ok | Errors)) == Ok
            && StoredLength - CheckSequence - PacketLayout.EthernetHeaderSize <= PacketLayout.MaximumTaggedFrame - PacketLayout.EthernetHeaderSize;
}
