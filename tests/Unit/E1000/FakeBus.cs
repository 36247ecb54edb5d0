// Memory as the driver, the stack and the device see it, each under its own address. Next: FakeE1000.cs
using System;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Tests.Unit.E1000;

/// <summary>
/// The descriptor memory and the packet pool of one grant. Their bus addresses lie above 4 GiB and have nothing to do with the
/// virtual ones, so that a driver that confuses them, or drops the upper half, is caught: the bus refuses what was not granted.
/// </summary>
public sealed unsafe class FakeBus : IDisposable
{
    public const int DmaLength = 8192;
    public const ulong DmaAddress = 0x1_2345_6000;
    public const ulong PacketsAddress = 0x2_0000_0000;

    private readonly byte* _dma = (byte*)NativeMemory.AlignedAlloc(DmaLength, 4096);
    private readonly byte* _packets;
    private readonly int _packetsLength;

    public FakeBus(int packets)
    {
        _packetsLength = packets * PacketLayout.BufferSize;
        _packets = (byte*)NativeMemory.AlignedAlloc((nuint)_packetsLength, 4096);
        new Span<byte>(_dma, DmaLength).Fill(0xFF); // No driver may count on zeros.
        new Span<byte>(_packets, _packetsLength).Clear();
        Pool = new PacketPool((nint)_packets, packets);
    }

    /// <summary>The stack's view of the packets.</summary>
    public PacketPool Pool { get; }

    public DmaRegion Dma => new((nint)_dma, new DeviceAddress(DmaAddress), DmaLength);

    public PacketWindow Window => new(new DeviceAddress(PacketsAddress), Pool.Count);

    /// <summary>The frame of a packet, as the stack fills or reads it.</summary>
    public Span<byte> FrameOf(PacketIndex packet, int length) => Pool.Buffer(packet).Slice(PacketLayout.FrameOffset, length);

    /// <summary>What the device reaches at a bus address; refuses anything outside the grant, as an IOMMU would.</summary>
    public Span<byte> Access(ulong address, int length)
    {
        if (address >= DmaAddress && address + (uint)length <= DmaAddress + DmaLength)
            return new Span<byte>(_dma + (address - DmaAddress), length);
        if (address >= PacketsAddress && address + (uint)length <= PacketsAddress + (uint)_packetsLength)
            return new Span<byte>(_packets + (address - PacketsAddress), length);
        throw new InvalidOperationException($"DMA to {address:X}, {length} bytes: outside the grant.");
    }

    public ulong Read64(ulong address) => MemoryMarshal.Read<ulong>(Access(address, sizeof(ulong)));

    public void Write64(ulong address, ulong value) => MemoryMarshal.Write(Access(address, sizeof(ulong)), value);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_dma);
        NativeMemory.AlignedFree(_packets);
    }
}
