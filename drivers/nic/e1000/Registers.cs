// The registers this driver uses, by name and type. Manual 13.4 (control), 13.5 (filters), 13.7 (statistics). Next: DeviceControl.cs
using RingOS.Hardware;

namespace RingOS.Drivers.E1000;

/// <summary>BAR 0 of the device: offsets are in bytes, the manual's mnemonic follows each.</summary>
internal readonly struct Registers(MmioRegion window)
{
    /// <summary>32-bit words of the multicast filter, 13.5.1.</summary>
    public const uint MulticastTableLength = 128;

    /// <summary>In <see cref="ReceiveAddressHigh"/>: the address has been loaded (AV), 13.5.3.</summary>
    public const uint AddressValid = 1u << 31;

    /// <summary>The gap of IEEE 802.3 on copper, table 13-77: IPGT = 10, IPGR1 = 8, IPGR2 = 6.</summary>
    public const uint StandardInterPacketGap = 10u | (8u << 10) | (6u << 20);

    private readonly MmioRegion _window = window;

    public Register<DeviceControl> DeviceControl => new(_window, 0x0000); // CTRL

    public Register<DeviceStatus> DeviceStatus => new(_window, 0x0008); // STATUS

    public Register<InterruptCause> InterruptCauseRead => new(_window, 0x00C0); // ICR, read clears

    public Register<uint> InterruptThrottling => new(_window, 0x00C4); // ITR, units of 256 ns, 0 = off

    public Register<InterruptCause> InterruptMaskSet => new(_window, 0x00D0); // IMS, ones enable

    public Register<InterruptCause> InterruptMaskClear => new(_window, 0x00D8); // IMC, ones disable

    public Register<ReceiveControl> ReceiveControl => new(_window, 0x0100); // RCTL

    public Register<TransmitControl> TransmitControl => new(_window, 0x0400); // TCTL

    public Register<uint> TransmitInterPacketGap => new(_window, 0x0410); // TIPG

    public Register<uint> ReceiveDescriptorBaseLow => new(_window, 0x2800); // RDBAL

    public Register<uint> ReceiveDescriptorBaseHigh => new(_window, 0x2804); // RDBAH

    public Register<uint> ReceiveDescriptorLength => new(_window, 0x2808); // RDLEN, bytes, a multiple of 128

    public Register<uint> ReceiveDescriptorHead => new(_window, 0x2810); // RDH

    public Register<uint> ReceiveDescriptorTail => new(_window, 0x2818); // RDT

    public Register<uint> ReceiveDelayTimer => new(_window, 0x2820); // RDTR, units of 1.024 us, 0 = off

    public Register<uint> TransmitDescriptorBaseLow => new(_window, 0x3800); // TDBAL

    public Register<uint> TransmitDescriptorBaseHigh => new(_window, 0x3804); // TDBAH

    public Register<uint> TransmitDescriptorLength => new(_window, 0x3808); // TDLEN, bytes, a multiple of 128

    public Register<uint> TransmitDescriptorHead => new(_window, 0x3810); // TDH

    public Register<uint> TransmitDescriptorTail => new(_window, 0x3818); // TDT

    public Register<uint> MissedPackets => new(_window, 0x4010); // MPC

    public Register<uint> Collisions => new(_window, 0x4028); // COLC

    public Register<uint> Deferrals => new(_window, 0x4030); // DC

    public Register<uint> ReceiveAddressLow => new(_window, 0x5400); // RAL(0), first byte on the wire in bits 7:0

    public Register<uint> ReceiveAddressHigh => new(_window, 0x5404); // RAH(0)

    /// <param name="index">Below <see cref="MulticastTableLength"/>.</param>
    public Register<uint> MulticastTable(uint index) => new(_window, 0x5200 + index * sizeof(uint)); // MTA
}
