// The registers this driver uses, by name, width and type. Datasheet 5. Next: Command.cs
using RingOS.Hardware;

namespace RingOS.Drivers.Rtl8139;

/// <summary>The same 256 bytes through BAR 0 (ports) and BAR 1 (memory): offsets are in bytes, the datasheet's mnemonic follows each.</summary>
internal readonly struct Registers(RegisterWindow window)
{
    /// <summary>What a device that is gone reads as.</summary>
    public const byte AllOnes = 0xFF;

    private readonly RegisterWindow _window = window;

    public AnyRegister<uint> StationAddressLow => new(_window, 0x00); // IDR0-3, first byte on the wire in bits 7:0

    public AnyRegister<uint> StationAddressHigh => new(_window, 0x04); // IDR4-5

    /// <param name="slot">Below <see cref="TransmitSlots.Count"/>.</param>
    public AnyRegister<uint> TransmitStatus(uint slot) => new(_window, 0x10 + slot * sizeof(uint)); // TSD0-3

    /// <param name="slot">Below <see cref="TransmitSlots.Count"/>.</param>
    public AnyRegister<uint> TransmitStart(uint slot) => new(_window, 0x20 + slot * sizeof(uint)); // TSAD0-3, a multiple of 4

    public AnyRegister<uint> ReceiveBufferStart => new(_window, 0x30); // RBSTART

    public AnyRegister<Command> Command => new(_window, 0x37); // CR

    public AnyRegister<ushort> ReceiveReadPointer => new(_window, 0x38); // CAPR, 16 less than what it means

    public AnyRegister<InterruptStatus> InterruptMask => new(_window, 0x3C); // IMR, ones enable

    public AnyRegister<InterruptStatus> InterruptStatus => new(_window, 0x3E); // ISR, ones clear

    public AnyRegister<TransmitConfiguration> TransmitConfiguration => new(_window, 0x40); // TCR

    public AnyRegister<ReceiveConfiguration> ReceiveConfiguration => new(_window, 0x44); // RCR

    public AnyRegister<uint> MissedPackets => new(_window, 0x4C); // MPC, 24 bits, any write clears

    public AnyRegister<MediaStatus> MediaStatus => new(_window, 0x58); // MSR
}
