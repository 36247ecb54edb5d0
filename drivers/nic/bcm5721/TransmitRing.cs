// Transmit ring: frames on their way out, oldest first. Next: ReceiveRing.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// A ring of descriptors, which the device only reads: how far it has come stands in the status block. A descriptor is
/// {address high, address low, length in 31:16 and flags, VLAN tag}, each of 32 bits.
/// </summary>
/// <remarks>
/// <c>_oldest</c> and <c>_next</c> count frames since <see cref="Open"/> and run freely modulo 2^32; their low bits are slots.
/// </remarks>
internal sealed class TransmitRing
{
    public const int DescriptorSize = 16;

    private const uint EndOfFrame = 1u << 2; // TXD_FLAG_END
    private const int LengthShift = 16;

    private readonly DmaRegion _descriptors;
    private readonly uint[] _frames; // a TransmitFrame for each slot
    private readonly uint _mask;
    private uint _capacity;
    private uint _oldest;
    private uint _next;

    /// <param name="dma">The memory shared with the device.</param>
    /// <param name="offset">Where the ring starts in it, a multiple of 16.</param>
    /// <param name="count">Slots: a power of two from 32 to 512.</param>
    public TransmitRing(DmaRegion dma, int offset, uint count)
    {
        _descriptors = dma.Slice(offset, (int)count * DescriptorSize);
        _frames = new uint[count];
        _mask = count - 1;
    }

    public DeviceAddress Base => _descriptors.Device;

    /// <summary>The slot after the last one handed to the device.</summary>
    public uint Tail => _next & _mask;

    /// <summary>Frames that the device has.</summary>
    public uint Count => _next - _oldest;

    public bool IsEmpty => _oldest == _next;

    /// <summary>Also true while the ring is closed.</summary>
    public bool IsFull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _next - _oldest >= _capacity;
    }

    /// <summary>Empties the ring. One slot is never used, because equal indices mean that there is nothing to send.</summary>
    public void Open()
    {
        _oldest = 0;
        _next = 0;
        _capacity = _mask;
    }

    /// <summary>From now on the ring counts as full.</summary>
    public void Close() => _capacity = 0;

    /// <summary>Adds a frame to a ring that is not full. The device sees it when the producer mailbox has moved.</summary>
    /// <returns>The new tail.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Add(PacketIndex packet, DeviceAddress frame, ushort length)
    {
        uint slot = _next & _mask;
        _frames[slot] = new TransmitFrame(packet, length).Value;
        int offset = (int)slot * DescriptorSize;
        _descriptors.Write64(offset, frame.High | ((ulong)frame.Low << 32));
        _descriptors.Write64(offset + 8, ((uint)length << LengthShift) | EndOfFrame);
        return ++_next & _mask;
    }

    /// <summary>
    /// How many frames the device is done with, if its consumer index is <paramref name="consumer"/>. Zero for an index that cannot
    /// be: outside the ring, or beyond what was handed over.
    /// </summary>
    public uint CountDone(uint consumer)
    {
        uint done = (consumer - _oldest) & _mask;
        return consumer <= _mask && done <= _next - _oldest ? done : 0;
    }

    /// <summary>Takes the oldest frame out of a ring that is not empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TransmitFrame TakeOldest() => new(_frames[_oldest++ & _mask]);
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
