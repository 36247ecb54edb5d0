// The packets that were lent for reception and are still empty, oldest first. Next: Statistics.cs
using RingOS.Hardware;

namespace RingOS.Drivers.Rtl8139;

/// <summary>The device never hears of them: the driver copies each frame into the next one.</summary>
internal sealed class LentPackets
{
    private const uint Count = 128; // a power of two

    private readonly ushort[] _packets = new ushort[Count];
    private uint _capacity;
    private uint _oldest;
    private uint _next;

    public bool IsEmpty => _oldest == _next;

    /// <summary>Also true while nothing can be lent.</summary>
    public bool IsFull => _next - _oldest >= _capacity;

    public void Open()
    {
        _oldest = 0;
        _next = 0;
        _capacity = Count;
    }

    public void Close() => _capacity = 0;

    public void Add(PacketIndex packet) => _packets[_next++ % Count] = packet.Value;

    /// <summary>There is one.</summary>
    public PacketIndex TakeOldest() => new(_packets[_oldest++ % Count]);
}
