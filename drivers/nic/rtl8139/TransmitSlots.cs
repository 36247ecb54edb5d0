// The four frames that can be on their way out. Datasheet 5.2, 5.3. Next: TransmitStatus.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.Rtl8139;

/// <summary>
/// There are no descriptors in memory: four pairs of registers, used in turn, and here the buffer that each points to. A frame is copied
/// there because its address must be a multiple of 4, and the packets' frames start at 22 (<see cref="PacketLayout"/>); and because short
/// frames must be padded by software.
/// </summary>
/// <remarks>
/// <c>_oldest</c> and <c>_next</c> count frames since <see cref="Open"/> and run freely modulo 2^32. Frame n lies in buffer n modulo 4 and
/// has the registers n - <c>_first</c> modulo 4: after a restart the device begins with the first pair again.
/// </remarks>
internal sealed class TransmitSlots
{
    public const uint Count = 4;

    /// <summary>Bytes of all buffers.</summary>
    public const int Length = (int)Count * BufferSize;

    /// <summary>IEEE 802.3, without check sequence.</summary>
    private const int ShortestFrame = 60;

    private const int BufferSize = 1536;

    private readonly DmaRegion _buffers;
    private readonly PacketCopier _copier;
    private readonly uint[] _frames = new uint[Count]; // a TransmitFrame for each buffer
    private uint _capacity;
    private uint _first;
    private uint _oldest;
    private uint _next;

    /// <param name="dma">The memory shared with the device.</param>
    /// <param name="offset">Where the buffers start in it, a multiple of 16.</param>
    /// <param name="copier">For frames into the buffers.</param>
    public TransmitSlots(DmaRegion dma, int offset, PacketCopier copier)
    {
        _buffers = dma.Slice(offset, Length);
        _copier = copier;
    }

    public bool IsEmpty => _oldest == _next;

    /// <summary>Also true while the slots are closed.</summary>
    public bool IsFull => _next - _oldest >= _capacity;

    /// <summary>Frames on their way.</summary>
    public uint Used => _next - _oldest;

    /// <summary>The registers of the oldest frame.</summary>
    public uint OldestSlot => SlotOf(_oldest);

    public void Open()
    {
        _first = 0;
        _oldest = 0;
        _next = 0;
        _capacity = Count;
    }

    /// <summary>From now on the slots count as full.</summary>
    public void Close() => _capacity = 0;

    /// <summary>The transmitter has begun anew: the oldest frame has the first pair of registers again.</summary>
    public void Restart() => _first = _oldest;

    /// <summary>Where the device finds the frame whose registers these are.</summary>
    public DeviceAddress BufferOf(uint slot) => new(_buffers.Device.Value + (_first + slot) % Count * BufferSize);

    /// <summary>Copies a frame into a buffer that is free.</summary>
    /// <returns>Its registers.</returns>
    public uint Add(PacketIndex packet, ushort length)
    {
        uint buffer = _next % Count;
        int offset = (int)buffer * BufferSize;
        for (int end = length & ~7; end < ShortestFrame; end += sizeof(ulong))
            _buffers.Write64(offset + end, 0); // what another frame has left there does not leave with this one
        _copier.CopyOut(packet, _buffers, offset, length);
        _frames[buffer] = new TransmitFrame(packet, length).Value;
        return SlotOf(_next++);
    }

    /// <summary>Bytes on the wire, less the check sequence, of the frame whose registers these are.</summary>
    public uint WireLength(uint slot)
    {
        uint length = new TransmitFrame(_frames[(_first + slot) % Count]).Length;
        return length < ShortestFrame ? ShortestFrame : length;
    }

    /// <summary>Takes out the oldest frame; there is one.</summary>
    public TransmitFrame TakeOldest() => new(_frames[_oldest++ % Count]);

    private uint SlotOf(uint frame) => (frame - _first) % Count;
}

/// <summary>What the driver remembers of a frame while the device has it: the packet in bits 15:0, the length in 31:16.</summary>
internal readonly struct TransmitFrame(uint value)
{
    public TransmitFrame(PacketIndex packet, ushort length)
        : this(packet.Value | ((uint)length << 16))
    {
    }

    public uint Value => value;

    public PacketIndex Packet => new((ushort)value);

    public uint Length => value >> 16;
}
