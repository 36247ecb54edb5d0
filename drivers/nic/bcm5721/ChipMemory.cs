// The chip's own memory, word by word through a window of the register space. Next: TransmitRing.cs
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>
/// The window has a base and a data register, both in configuration space; a driver that holds BAR 0 and nothing else reaches them
/// by the mirror of configuration space at its start, as Linux' tg3 does. The base is always left at zero.
/// </summary>
internal readonly struct ChipMemory(Registers registers)
{
    private const uint SendRing = 0x0100; // NIC_SRAM_SEND_RCB
    private const uint ReturnRing = 0x0200; // NIC_SRAM_RCV_RET_RCB
    private const uint FirmwareMailbox = 0x0B50; // NIC_SRAM_FIRMWARE_MBOX
    private const uint FirmwareMagic = 0x4B65_7654;
    private const uint SendRingOnChip = 0x4000; // NIC_SRAM_TX_BUFFER_DESC
    private const int EntriesShift = 16;

    private readonly Registers _registers = registers;

    /// <summary>The boot code has answered <see cref="AskBootCode"/> after a reset.</summary>
    public bool HasBooted => Read(FirmwareMailbox) == ~FirmwareMagic;

    /// <summary>Before a reset: wants a sign of the boot code when it is done. It inverts the word.</summary>
    public void AskBootCode() => Write(FirmwareMailbox, FirmwareMagic);

    public void SetSendRing(DeviceAddress ring, uint entries) => SetRing(SendRing, ring, entries, SendRingOnChip);

    public void SetReturnRing(DeviceAddress ring, uint entries) => SetRing(ReturnRing, ring, entries, 0);

    // A ring control block: address, entries and flags, address on the chip.
    private void SetRing(uint block, DeviceAddress ring, uint entries, uint onChip)
    {
        Write(block, ring.High);
        Write(block + 4, ring.Low);
        Write(block + 8, entries << EntriesShift);
        Write(block + 12, onChip);
    }

    private uint Read(uint address)
    {
        _registers.MemoryWindowBase.Write(address);
        uint value = _registers.MemoryWindowData.Read();
        _registers.MemoryWindowBase.Write(0);
        return value;
    }

    private void Write(uint address, uint value)
    {
        _registers.MemoryWindowBase.Write(address);
        _registers.MemoryWindowData.Write(value);
        _registers.MemoryWindowBase.Write(0);
    }
}
