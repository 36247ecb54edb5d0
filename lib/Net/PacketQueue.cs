// A bounded queue of packet numbers. Next: NicPort.cs
namespace RingOS.Net;

/// <summary>First in, first out. Holds at most its capacity, a power of two; never allocates after construction.</summary>
internal sealed class PacketQueue(int capacity)
{
    private readonly ushort[] _packets = new ushort[capacity];
    private uint _taken;
    private uint _added;

    public bool IsEmpty => _taken == _added;

    public bool IsFull => _added - _taken == (uint)_packets.Length;

    /// <summary>The caller has checked <see cref="IsFull"/>.</summary>
    public void Add(ushort packet) => _packets[(int)(_added++ & (uint)(_packets.Length - 1))] = packet;

    /// <summary>The caller has checked <see cref="IsEmpty"/>.</summary>
    public ushort Take() => _packets[(int)(_taken++ & (uint)(_packets.Length - 1))];

    /// <summary>The smallest capacity that holds <paramref name="count"/> packets.</summary>
    public static int CapacityFor(int count)
    {
        int capacity = 1;
        while (capacity < count)
            capacity <<= 1;
        return capacity;
    }
}
