// What the device writes to memory of its own accord: how far it has come. Next: Statistics.cs
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// +0 status, +4 tag (8 bits, another with every update), +0x10 producer index of the return ring, +0x12 consumer index of the send
/// ring; little-endian. The driver never writes to it while the device runs, so nothing the device says is lost.
/// </summary>
internal sealed class StatusBlock
{
    public const int Size = 0x50;

    private const int StatusAndTag = 0x00;
    private const int Indices = 0x10;
    private const uint LinkChange = 1u << 1; // SD_STATUS_LINK_CHG
    private const int TagShift = 32;

    private readonly DmaRegion _block;

    public StatusBlock(DmaRegion dma, int offset) => _block = dma.Slice(offset, Size);

    public DeviceAddress Base => _block.Device;

    public uint ReturnProducer => (ushort)_block.Read64(Indices);

    public uint SendConsumer => (ushort)(_block.Read64(Indices) >> 16);

    public void Clear()
    {
        for (int offset = 0; offset < Size; offset += sizeof(ulong))
            _block.Write64(offset, 0);
    }

    /// <summary>The number of the last update, and whether it tells of the link.</summary>
    public byte ReadTag(out bool hasLinkNews)
    {
        ulong word = _block.Read64(StatusAndTag);
        hasLinkNews = ((uint)word & LinkChange) != 0;
        return (byte)(word >> TagShift);
    }
}
