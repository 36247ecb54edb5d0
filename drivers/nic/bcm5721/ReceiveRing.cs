// Receive rings: one lends empty buffers to the device, the other brings them back. Next: ReceiveReport.cs
using System.Runtime.CompilerServices;
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// Buffers are lent through the standard ring and come back, in that order, through the return ring, with the slot they were lent in
/// as their opaque word. Which packet it was, only the driver's own record says. See <see cref="TransmitRing"/> for the counters.
/// </summary>
internal sealed class ReceiveRing
{
    public const int DescriptorSize = 32;

    private const int LengthAndFlags = 8; // word 1: length in 15:0, type and flags in 63:32
    private const int ChecksumAndErrors = 16; // word 2: errors in 63:48
    private const int Opaque = 24; // word 3: in 63:32

    private readonly DmaRegion _lent;
    private readonly DmaRegion _returned;
    private readonly ushort[] _packets;
    private readonly uint _mask;
    private uint _capacity;
    private uint _oldest;
    private uint _next;
    private uint _read;

    /// <param name="dma">The memory shared with the device.</param>
    /// <param name="offset">Where the two rings start in it, one after the other; a multiple of 16.</param>
    /// <param name="count">Slots of each: a power of two from 32 to 512.</param>
    public ReceiveRing(DmaRegion dma, int offset, uint count)
    {
        int length = (int)count * DescriptorSize;
        _lent = dma.Slice(offset, length);
        _returned = dma.Slice(offset + length, length);
        _packets = new ushort[count];
        _mask = count - 1;
    }

    /// <summary>Where buffers are lent.</summary>
    public DeviceAddress StandardBase => _lent.Device;

    /// <summary>Where they come back.</summary>
    public DeviceAddress ReturnBase => _returned.Device;

    /// <summary>The slot after the last one returned and read.</summary>
    public uint ReadIndex => _read & _mask;

    public bool IsEmpty => _oldest == _next;

    /// <summary>Also true while the ring is closed.</summary>
    public bool IsFull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _next - _oldest >= _capacity;
    }

    /// <summary>Empties the rings. One slot is never lent, because equal indices mean that the device has no buffer.</summary>
    public void Open()
    {
        _oldest = 0;
        _next = 0;
        _read = 0;
        _capacity = _mask;
    }

    /// <summary>From now on the ring counts as full.</summary>
    public void Close() => _capacity = 0;

    /// <summary>Lends a buffer through a ring that is not full. The device sees it when the producer mailbox has moved.</summary>
    /// <returns>The new producer index.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Add(PacketIndex packet, DeviceAddress frame)
    {
        uint slot = _next & _mask;
        _packets[slot] = packet.Value;
        int offset = (int)slot * DescriptorSize;
        _lent.Write64(offset, frame.High | ((ulong)frame.Low << 32));
        _lent.Write64(offset + LengthAndFlags, ReceiveReport.LentLength);
        _lent.Write64(offset + ChecksumAndErrors, 0);
        _lent.Write64(offset + Opaque, (ulong)slot << 32);
        return ++_next & _mask;
    }

    /// <summary>How many buffers have come back, if the device's producer index is <paramref name="producer"/>; see
    /// <see cref="TransmitRing.CountDone"/>.</summary>
    public uint CountDone(uint producer)
    {
        uint done = (producer - _read) & _mask;
        return producer <= _mask && done <= _next - _oldest ? done : 0;
    }

    /// <summary>Takes the oldest buffer out of a ring that is not empty, with what the device says of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PacketIndex TakeReturned(out ReceiveReport report)
    {
        int offset = (int)(_read++ & _mask) * DescriptorSize;
        uint slot = _oldest & _mask;
        bool isInOrder = (uint)(_returned.Read64(offset + Opaque) >> 32) == slot;
        report = new ReceiveReport(isInOrder ? _returned.Read64(offset + LengthAndFlags) : 0);
        return TakeOldest();
    }

    /// <summary>Takes the oldest buffer out of a ring that is not empty, filled or not.</summary>
    public PacketIndex TakeOldest() => new(_packets[_oldest++ & _mask]);
}
