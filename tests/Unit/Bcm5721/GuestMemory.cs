// Guest memory as the driver, the stack and the device see it, each under its own address. Next: TestPort.cs
using System;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Devices.Pci;
using RingOS.Hardware;

namespace RingOS.Tests.Unit.Bcm5721;

/// <summary>
/// Descriptor memory and packet pool, above 4 GiB on the bus, so that a lost upper half is noticed. Whatever else a device wants is
/// refused and counted, as a transport does that knows where guest memory is.
/// </summary>
public sealed unsafe class GuestMemory : IGuestBus, IDisposable
{
    public const int DmaLength = RingOS.Drivers.Bcm5721.Bcm5721Controller.DmaLength;
    public const ulong DmaAddress = 0x1_2345_6000;
    public const ulong PacketsAddress = 0x2_0000_0000;

    private readonly byte* _dma = (byte*)NativeMemory.AlignedAlloc(DmaLength, 4096);
    private readonly byte* _packets;
    private readonly int _packetsLength;

    public GuestMemory(int packets)
    {
        _packetsLength = packets * PacketLayout.BufferSize;
        _packets = (byte*)NativeMemory.AlignedAlloc((nuint)_packetsLength, 4096);
        new Span<byte>(_dma, DmaLength).Fill(0xFF); // No driver may count on zeros.
        new Span<byte>(_packets, _packetsLength).Clear();
        Pool = new PacketPool((nint)_packets, packets);
    }

    public PacketPool Pool { get; }

    public DmaRegion Dma => new((nint)_dma, new DeviceAddress(DmaAddress), DmaLength);

    public PacketWindow Window => new(new DeviceAddress(PacketsAddress), Pool.Count);

    /// <summary>All descriptor memory, as the device may scribble over it.</summary>
    public Span<byte> Descriptors => new(_dma, DmaLength);

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The frame of a packet, as the stack fills or reads it.</summary>
    public Span<byte> FrameOf(PacketIndex packet, int length) => Pool.Buffer(packet).Slice(PacketLayout.FrameOffset, length);

    public bool TryRead(ulong address, Span<byte> bytes)
    {
        if (!TryFind(address, bytes.Length, out Span<byte> memory))
            return false;
        Reads++;
        memory.CopyTo(bytes);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (!TryFind(address, bytes.Length, out Span<byte> memory))
            return false;
        Writes++;
        bytes.CopyTo(memory);
        return true;
    }

    public uint Read32(ulong address)
    {
        return TryFind(address, 4, out Span<byte> memory) ? MemoryMarshal.Read<uint>(memory) : throw new ArgumentOutOfRangeException(nameof(address));
    }

    public void Write32(ulong address, params ReadOnlySpan<uint> words)
    {
        if (!TryFind(address, words.Length * 4, out Span<byte> memory))
            throw new ArgumentOutOfRangeException(nameof(address));
        MemoryMarshal.AsBytes(words).CopyTo(memory);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_dma);
        NativeMemory.AlignedFree(_packets);
    }

    private bool TryFind(ulong address, int length, out Span<byte> memory)
    {
        memory = default;
        if (TryFind(address - DmaAddress, length, _dma, DmaLength, out memory))
            return true;
        if (TryFind(address - PacketsAddress, length, _packets, _packetsLength, out memory))
            return true;
        Refused++;
        return false;
    }

    private static bool TryFind(ulong offset, int length, byte* start, int whole, out Span<byte> memory)
    {
        bool isInside = offset <= (ulong)whole && length <= whole - (int)offset;
        memory = isInside ? new Span<byte>(start + offset, length) : default;
        return isInside;
    }
}
