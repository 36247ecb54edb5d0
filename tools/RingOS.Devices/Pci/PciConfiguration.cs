// The standard part of a configuration space: header, one 64-bit memory BAR, an MSI capability. PCI 3.0, 6.1, 6.2.5, 6.8.
// Next: PciDevice.cs
using System;
using System.Buffers.Binary;

namespace RingOS.Devices.Pci;

/// <summary>
/// 256 bytes, and which of their bits can be written. BAR sizing comes out of that: the address bits below the window's length
/// stay zero. Everything that is not there (other BARs, CardBus pointer, expansion ROM) reads zero and stays so.
/// </summary>
internal sealed class PciConfiguration
{
    public const int Length = 256;

    private const int Command = 0x04;
    private const int Status = 0x06;
    private const int BaseAddress = 0x10;
    private const int CapabilitiesPointer = 0x34;
    private const int InterruptLine = 0x3C;
    private const int InterruptPin = 0x3D;
    private const int Msi = 0x48;
    private const int MsiControl = Msi + 2;
    private const int MsiAddress = Msi + 4;
    private const int MsiData = Msi + 12;

    private const byte MemorySpace = 1 << 1;
    private const byte BusMasterEnable = 1 << 2;
    private const ushort WritableCommand = 0x0546; // memory, bus master, parity, SERR, INTx disable
    private const ushort MsiCapable = 0x0080; // 64-bit address, one message, no masking
    private const uint MemoryBar64 = 0x4;

    private readonly byte[] _bytes = new byte[Length];
    private readonly byte[] _writable = new byte[Length];
    private readonly PciIdentity _identity;

    public PciConfiguration(PciIdentity identity)
    {
        _identity = identity;
        SetWritable(Command, WritableCommand, sizeof(ushort));
        SetWritable(BaseAddress, ~(ulong)(identity.WindowLength - 1), sizeof(ulong));
        SetWritable(InterruptLine, 0xFF, 1);
        SetWritable(MsiControl, 1, sizeof(ushort));
        SetWritable(MsiAddress, ~3ul, sizeof(ulong));
        SetWritable(MsiData, 0xFFFF, sizeof(ushort));
        Reset();
    }

    /// <summary>The device answers at its BAR.</summary>
    public bool AnswersMemory => (_bytes[Command] & MemorySpace) != 0;

    /// <summary>The device may touch memory and send its interrupt.</summary>
    public bool MastersBus => (_bytes[Command] & BusMasterEnable) != 0;

    public ulong Base => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(BaseAddress)) & ~0xFul;

    public bool UsesMessages => (_bytes[MsiControl] & 1) != 0;

    public ulong MessageAddress => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(MsiAddress));

    public uint MessageData => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(MsiData));

    /// <summary>As after power-on: no address, no bus mastering, no MSI.</summary>
    public void Reset()
    {
        _bytes.AsSpan().Clear();
        Store(0x00, _identity.Vendor | ((uint)_identity.Device << 16));
        Store(0x08, _identity.Revision | (_identity.ClassCode << 8));
        Store(BaseAddress, MemoryBar64);
        _bytes[Status] = 1 << 4; // there is a list of capabilities
        _bytes[CapabilitiesPointer] = Msi;
        _bytes[InterruptPin] = 1;
        Store(Msi, 0x05 | ((uint)MsiCapable << 16));
    }

    /// <summary>The four bytes at a multiple of 4 below <see cref="Length"/>.</summary>
    public uint Read(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));

    /// <summary>One byte; bits that cannot be written stay.</summary>
    public void Write(int offset, byte value)
        => _bytes[offset] = (byte)((_bytes[offset] & ~_writable[offset]) | (value & _writable[offset]));

    private void Store(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(offset), value);

    private void SetWritable(int offset, ulong mask, int bytes)
    {
        for (int index = 0; index < bytes; index++)
            _writable[offset + index] = (byte)(mask >> (8 * index));
    }
}
