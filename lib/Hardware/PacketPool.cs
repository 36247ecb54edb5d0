// The network stack's view of the packet pool: bytes. No driver sees this class: Minting.cs. Next: MmioRegion.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Buffers of <see cref="PacketLayout.BufferSize"/> bytes in memory that the NIC can reach.</summary>
sealed unsafe partial class PacketPool
{
    private readonly byte* _start;

    /// <param name="start">Virtual address of the first buffer; the memory outlives the pool.</param>
    /// <param name="count">Buffers, 1 to 65535.</param>
    public PacketPool(nint start, int count)
    {
        _start = (byte*)start;
        Count = count;
    }

    public int Count { get; }

    /// <summary>For the grant of a driver that cannot do without copies.</summary>
    public PacketCopier CreateCopier() => new(this);

    public bool Contains(PacketIndex packet) => packet.Value < Count;

    /// <summary>All <see cref="PacketLayout.BufferSize"/> bytes of a packet; empty for an index outside the pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Buffer(PacketIndex packet)
    {
        if (!Contains(packet))
            return default;
        // SAFETY: the index was checked against the count the memory was allocated for.
        return new Span<byte>(_start + packet.Value * PacketLayout.BufferSize, PacketLayout.BufferSize);
    }

    /// <summary>Address of a byte in a packet, for the kernel's checked copies. 0 for an index or offset outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint AddressOf(PacketIndex packet, int offset)
    {
        if (!Contains(packet) || (uint)offset >= PacketLayout.BufferSize)
            return 0;
        // SAFETY: both were checked just now.
        return (nint)(_start + packet.Value * PacketLayout.BufferSize + offset);
    }
}
