// An RTL8139 as its datasheet has it, as far as the driver uses it, and its memory. It does nothing by itself: tests let it work.
// Next: Rtl8139Machine.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Drivers.Rtl8139;
using RingOS.Hardware;

namespace RingOS.Tests.Unit.Rtl8139;

/// <summary>256 bytes of registers. DMA goes to addresses below 4 GiB that have nothing to do with the virtual ones.</summary>
public sealed unsafe class FakeRtl8139 : RegisterWindow, IDisposable
{
    public const ulong StationAddress = 0x5634_1200_5452;
    public const uint DmaAddress = 0x7654_3000;
    public const uint Ok = 1 << 15, Underrun = 1 << 14, Own = 1 << 13, Late = 1u << 29, Aborted = 1u << 30;

    private const int BufferSize = 8192, Command = 0x37, Isr = 0x3E, Imr = 0x3C, Capr = 0x38, Rbstart = 0x30, Rcr = 0x44, Tcr = 0x40;
    private const byte Empty = 1, Transmitter = 4, Receiver = 8, Reset = 16;

    private readonly byte[] _registers = new byte[256];
    private readonly byte* _dma = (byte*)NativeMemory.AlignedAlloc((nuint)Rtl8139Controller.DescriptorMemory, 4096);
    private uint _nextSlot;
    private uint _received; // where the next header goes
    private uint _read;

    public FakeRtl8139()
    {
        new Span<byte>(_dma, Rtl8139Controller.DescriptorMemory).Fill(0xEE); // No driver may count on zeros.
        Put32(0, unchecked((uint)StationAddress));
        Put32(4, (uint)(StationAddress >> 32));
    }

    public DmaRegion Dma => new((nint)_dma, new DeviceAddress(DmaAddress), Rtl8139Controller.DescriptorMemory);

    public List<byte[]> Wire { get; } = [];

    /// <summary>Every access, by kind and offset: "w16 3E".</summary>
    public List<string> Accesses { get; } = [];

    public bool IsGone { get; set; }

    public bool NeverResets { get; set; }

    public uint Missed { get => Get32(0x4C); set => Put32(0x4C, value); }

    public ushort InterruptMask => Get16(Imr);

    public bool InterruptLine => (Get16(Isr) & Get16(Imr)) != 0;

    /// <summary>A frame was given up: nothing leaves until the transmitter has been switched off and on.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>What the driver wrote where: TSD of a slot.</summary>
    public uint StatusOf(uint slot) => Get32(0x10 + slot * 4);

    /// <summary>The next frame that waits leaves, or ends as the bits say. False if none waits.</summary>
    public bool CompleteOne(uint bits = Ok)
    {
        uint status = StatusOf(_nextSlot);
        if (IsStopped || (_registers[Command] & Transmitter) == 0 || (status & Own) != 0 || (status & 0x1FFF) == 0)
            return false;
        int length = (int)(status & 0x1FFF);
        if ((bits & (Ok | Underrun)) != 0)
            Wire.Add(Access(Get32(0x20 + _nextSlot * 4), length).ToArray());
        Put32(0x10 + _nextSlot * 4, status | Own | bits);
        IsStopped = (bits & Aborted) != 0;
        Raise((bits & Aborted) != 0 ? 8 : 4);
        _nextSlot = (_nextSlot + 1) % 4;
        return true;
    }

    public void CompleteAll()
    {
        while (CompleteOne())
        {
        }
    }

    /// <summary>A good frame arrives; false if there was no room, which the device tells.</summary>
    public bool Deliver(byte[] frame) => Store((uint)(ushort)(frame.Length + 4) << 16 | 1, frame);

    /// <summary>The device writes any header, and what goes with it.</summary>
    public bool Store(uint header, byte[] frame)
    {
        uint length = ((uint)frame.Length + 4 + 4 + 3) & ~3u;
        uint free = BufferSize - ((_received - _read + BufferSize) % BufferSize);
        bool isFull = length >= free && free != BufferSize; // an empty ring takes any length, as in QEMU
        if ((_registers[Command] & Receiver) == 0 || isFull)
        {
            Missed++;
            Raise(0x10);
            return false;
        }
        uint start = Get32(Rbstart) + _received;
        MemoryMarshal.Write(Access(start, 4), header);
        frame.CopyTo(Access(start + 4, frame.Length)); // behind the end, if it comes to that: RCR.WRAP
        _received = (_received + length) % BufferSize;
        Raise(1);
        return true;
    }

    public void Raise(int bits) => Put16(Isr, (ushort)(Get16(Isr) | bits));

    public void SetLink(bool isUp)
    {
        _registers[0x58] = (byte)(isUp ? 0 : 4);
        Raise(0x20);
    }

    public override byte Read8(uint offset)
    {
        Accesses.Add($"r8 {offset:X}");
        if (IsGone)
            return 0xFF;
        return offset == Command ? (byte)((_registers[Command] & ~Empty) | (_received == _read ? Empty : 0)) : _registers[offset];
    }

    public override ushort Read16(uint offset)
    {
        Accesses.Add($"r16 {offset:X}");
        return IsGone ? ushort.MaxValue : Get16(offset);
    }

    public override uint Read32(uint offset)
    {
        Accesses.Add($"r32 {offset:X}");
        return IsGone ? uint.MaxValue : Get32(offset);
    }

    public override void Write8(uint offset, byte value)
    {
        Accesses.Add($"w8 {offset:X}");
        if (offset != Command)
            throw new InvalidOperationException($"nobody writes 8 bits at {offset:X}");
        if ((value & Reset) != 0)
            DoReset();
        if ((value & Transmitter) == 0)
            (_nextSlot, IsStopped) = (0, false);
        if ((value & Receiver) == 0)
            (_received, _read) = (0, 0);
        _registers[Command] = (byte)(NeverResets ? value : value & ~Reset);
    }

    public override void Write16(uint offset, ushort value)
    {
        Accesses.Add($"w16 {offset:X}");
        if (offset == Isr)
            Put16(Isr, (ushort)(Get16(Isr) & ~value));
        else
            Put16(offset, value);
        if (offset == Capr)
            _read = (value + 16u) % BufferSize;
    }

    public override void Write32(uint offset, uint value)
    {
        Accesses.Add($"w32 {offset:X}");
        if (offset is Rcr or Tcr && (_registers[Command] & (Transmitter | Receiver)) == 0)
            throw new InvalidOperationException("5.7: enable first");
        if (offset is >= 0x20 and < 0x30 && value % 4 != 0)
            throw new InvalidOperationException("5.3: not a multiple of 4");
        Put32(offset, offset == 0x4C ? 0 : value);
    }

    public void Dispose() => NativeMemory.AlignedFree(_dma);

    private void DoReset()
    {
        Array.Clear(_registers, 8, _registers.Length - 8);
        for (uint slot = 0; slot < 4; slot++)
            Put32(0x10 + slot * 4, Own);
        (_nextSlot, _received, _read, IsStopped) = (0, 0, 0, false);
    }

    // Refuses anything outside the grant, as an IOMMU would.
    private Span<byte> Access(uint address, int length)
    {
        if (address < DmaAddress || address + (uint)length > DmaAddress + (uint)Rtl8139Controller.DescriptorMemory)
            throw new InvalidOperationException($"DMA to {address:X}, {length} bytes: outside the grant.");
        return new Span<byte>(_dma + (address - DmaAddress), length);
    }

    private uint Get32(uint offset) => MemoryMarshal.Read<uint>(_registers.AsSpan((int)offset));

    private void Put32(uint offset, uint value) => MemoryMarshal.Write(_registers.AsSpan((int)offset), value);

    private ushort Get16(uint offset) => MemoryMarshal.Read<ushort>(_registers.AsSpan((int)offset));

    private void Put16(uint offset, ushort value) => MemoryMarshal.Write(_registers.AsSpan((int)offset), value);
}
