// Transmit ring: frames on their way out, oldest first. Manual 3.4; 82574 datasheet 7.2. Next: TransmitDescriptor.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.E1000;

/// <summary>
/// A ring of descriptors: the device works from its head to the tail the driver sets. What the driver has to remember about a slot
/// it keeps in its own memory, because the device can write to the descriptors.
/// </summary>
/// <remarks>
/// <c>_oldest</c> and <c>_next</c> count frames since <see cref="Open"/> and run freely modulo 2^32; their low bits are slots.
/// What is done for every frame is inlined by force: the calls would cost as much as the work.
/// </remarks>
internal sealed class TransmitRing
{
    private readonly DmaRegion _descriptors;
    private readonly uint[] _frames; // a TransmitFrame for each slot
    private readonly uint _mask;
    private uint _capacity;
    private uint _oldest;
    private uint _next;

    /// <param name="dma">The memory shared with the device.</param>
    /// <param name="offset">Where the ring starts in it, a multiple of 16.</param>
    /// <param name="count">Slots: a power of two, at least 8, so that the ring's length is a multiple of 128 bytes.</param>
    public TransmitRing(DmaRegion dma, int offset, uint count)
    {
        _descriptors = dma.Slice(offset, (int)count * TransmitDescriptor.Size);
        _frames = new uint[count];
        _mask = count - 1;
    }

    public DeviceAddress Base => _descriptors.Device;

    /// <summary>The slot after the last one handed to the device.</summary>
    public uint Tail => _next & _mask;

    public bool IsEmpty => _oldest == _next;

    /// <summary>Also true while the ring is closed.</summary>
    public bool IsFull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _next - _oldest >= _capacity;
    }

    /// <summary>Empties the ring and puts the checksum context into slot 0; frames follow from slot 1.</summary>
    /// <remarks>
    /// Two slots never hold a frame at the same time as all others: one because head == tail means an empty ring, one because the
    /// context may still be waiting in slot 0.
    /// </remarks>
    public void Open()
    {
        _descriptors.Write64(0, ChecksumContext.Word0);
        _descriptors.Write64(8, ChecksumContext.Word1);
        _oldest = 1;
        _next = 1;
        _capacity = _mask - 1;
    }

    /// <summary>From now on the ring counts as full.</summary>
    public void Close() => _capacity = 0;

    /// <summary>Adds a frame to a ring that is not full. The device sees it when its tail has moved.</summary>
    /// <returns>The new tail.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Add(PacketIndex packet, DeviceAddress frame, ushort length, TransmitOptions options)
    {
        uint slot = _next & _mask;
        _frames[slot] = new TransmitFrame(packet, length).Value;
        int offset = (int)slot * TransmitDescriptor.Size;
        _descriptors.Write64(offset, frame.Value);
        _descriptors.Write64(offset + 8, TransmitDescriptor.Describe(length, options));
        return ++_next & _mask;
    }

    /// <summary>
    /// Takes out the oldest frame if the device is done with it; the report is what the device says of it. Looks at no descriptor of
    /// an empty ring.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeDone(out TransmitFrame frame, out TransmitReport report)
    {
        frame = default;
        report = default;
        if (IsEmpty)
            return false;
        uint slot = _oldest & _mask;
        report = new TransmitReport(_descriptors.Read64((int)slot * TransmitDescriptor.Size + 8));
        if (!report.IsDone)
            return false;
        frame = new TransmitFrame(_frames[slot]);
        _oldest++;
        return true;
    }

    /// <summary>Takes the oldest frame out of a ring that is not empty, done or not; the device no longer runs.</summary>
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
