// The opaque number of a buffer, and the addresses a driver may hand to its device. Next: PacketPool.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Number of a buffer in the packet pool.</summary>
public readonly struct PacketIndex(ushort value)
{
    public ushort Value { get; } = value;
}

/// <summary>An address as a device sees it on its bus.</summary>
public readonly struct DeviceAddress(ulong value)
{
    public ulong Value { get; } = value;

    /// <summary>Bits 31:0, for a 32-bit register.</summary>
    public uint Low => (uint)Value;

    /// <summary>Bits 63:32.</summary>
    public uint High => (uint)(Value >> 32);
}

/// <summary>The driver's view of the packet pool: where each buffer's frame starts on the bus, and nothing of its content.</summary>
public sealed class PacketWindow(DeviceAddress start, int count)
{
    /// <summary>Buffers in the pool: 1 to 65535.</summary>
    public int Count { get; } = count;

    public bool Contains(PacketIndex packet) => packet.Value < Count;

    /// <summary>Where the frame of this packet starts, as the device sees it. The caller has checked the index with <see cref="Contains"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceAddress FrameOf(PacketIndex packet)
        => new(start.Value + (ulong)packet.Value * PacketLayout.BufferSize + PacketLayout.FrameOffset);
}
