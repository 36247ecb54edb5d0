// Receive ring: lends empty buffers to the device, which fills them in that order. Manual 3.2.6; 82574 datasheet 7.1.8. Next:
// ReceiveDescriptor.cs
using System.Runtime.CompilerServices;
using RingOS.Hardware;

namespace RingOS.Drivers.E1000;

/// <summary>The mirror image of <see cref="TransmitRing"/>; see there for the two counters.</summary>
/// <typeparam name="TReport">How word 1 of a descriptor reads once the device has written it.</typeparam>
internal sealed class ReceiveRing<TReport>
    where TReport : struct, IReceiveReport<TReport>
{
    /// <summary>Bytes of a descriptor: word 0 the address of the buffer, word 1 zero when lent, then the report.</summary>
    public const int Size = 16;

    private readonly DmaRegion _descriptors;
    private readonly ushort[] _packets;
    private readonly uint _mask;
    private uint _capacity;
    private uint _oldest;
    private uint _next;

    /// <param name="dma">The memory shared with the device.</param>
    /// <param name="offset">Where the ring starts in it, a multiple of 16.</param>
    /// <param name="count">Slots: a power of two, at least 8, so that the ring's length is a multiple of 128 bytes.</param>
    public ReceiveRing(DmaRegion dma, int offset, uint count)
    {
        _descriptors = dma.Slice(offset, (int)count * Size);
        _packets = new ushort[count];
        _mask = count - 1;
    }

    public DeviceAddress Base => _descriptors.Device;

    /// <summary>The slot after the last one lent to the device.</summary>
    public uint Tail => _next & _mask;

    public bool IsEmpty => _oldest == _next;

    /// <summary>Also true while the ring is closed.</summary>
    public bool IsFull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _next - _oldest >= _capacity;
    }

    /// <summary>Empties the ring. One slot is never lent, because head == tail means that the device has no buffer.</summary>
    public void Open()
    {
        _oldest = 0;
        _next = 0;
        _capacity = _mask;
    }

    /// <summary>From now on the ring counts as full.</summary>
    public void Close() => _capacity = 0;

    /// <summary>Lends a buffer through a ring that is not full. The device sees it when its tail has moved.</summary>
    /// <returns>The new tail.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Add(PacketIndex packet, DeviceAddress frame)
    {
        uint slot = _next & _mask;
        _packets[slot] = packet.Value;
        int offset = (int)slot * Size;
        _descriptors.Write64(offset, frame.Value);
        _descriptors.Write64(offset + 8, 0);
        return ++_next & _mask;
    }

    /// <summary>
    /// Takes out the oldest buffer if the device is done with it; the report is what the device says of it. Looks at no descriptor of
    /// an empty ring.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeDone(out PacketIndex packet, out TReport report)
    {
        packet = default;
        report = default;
        if (IsEmpty)
            return false;
        uint slot = _oldest & _mask;
        report = TReport.Of(_descriptors.Read64((int)slot * Size + 8));
        if (!report.IsDone)
            return false;
        packet = new PacketIndex(_packets[slot]);
        _oldest++;
        return true;
    }

    /// <summary>Takes the oldest buffer out of a ring that is not empty, done or not; the device no longer runs.</summary>
    public PacketIndex TakeOldest() => new(_packets[_oldest++ & _mask]);
}
