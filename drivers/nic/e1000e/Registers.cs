// The registers this driver uses, by name and type. Datasheet 10.2. Next: DeviceControl.cs
using RingOS.Hardware;

namespace RingOS.Drivers.E1000e;

/// <summary>BAR 0 of the device: offsets are in bytes, the datasheet's mnemonic follows each. Only queue 0 of the two is used.</summary>
internal readonly struct Registers(MmioRegion window)
{
    /// <summary>32-bit words of the multicast filter.</summary>
    public const uint MulticastTableLength = 128;

    /// <summary>In <see cref="PciExpressControl"/>: "must be set to 1b by software during initialization" (10.2.3).</summary>
    public const uint PciExpressInitialized = 1u << 22;

    /// <summary>The gap of IEEE 802.3 on copper: IPGT = 8, IPGR1 = 8, IPGR2 = 6.</summary>
    public const uint StandardInterPacketGap = 8u | (8u << 10) | (6u << 20);

    private readonly MmioRegion _window = window;

    // ---- general, 10.2.2, and PCI Express, 10.2.3 -------------------------------------------------------------------

    public Register<DeviceControl> DeviceControl => new(_window, 0x0000); // CTRL

    public Register<DeviceStatus> DeviceStatus => new(_window, 0x0008); // STATUS

    public Register<EepromControl> EepromControl => new(_window, 0x0010); // EEC

    public Register<ExtendedControl> ExtendedControl => new(_window, 0x0018); // CTRL_EXT

    public Register<uint> PciExpressControl => new(_window, 0x5B00); // GCR

    // ---- interrupts, 10.2.4 ------------------------------------------------------------------------------------------

    public Register<InterruptCause> InterruptCauseRead => new(_window, 0x00C0); // ICR, read clears

    public Register<uint> InterruptThrottling => new(_window, 0x00C4); // ITR, units of 256 ns, 0 = off

    public Register<InterruptCause> InterruptMaskSet => new(_window, 0x00D0); // IMS, ones enable

    public Register<InterruptCause> InterruptMaskClear => new(_window, 0x00D8); // IMC, ones disable

    // ---- receive, 10.2.5 ---------------------------------------------------------------------------------------------

    public Register<ReceiveControl> ReceiveControl => new(_window, 0x0100); // RCTL

    public Register<uint> ReceiveDescriptorBaseLow => new(_window, 0x2800); // RDBAL0

    public Register<uint> ReceiveDescriptorBaseHigh => new(_window, 0x2804); // RDBAH0

    public Register<uint> ReceiveDescriptorLength => new(_window, 0x2808); // RDLEN0, bytes, a multiple of 128

    public Register<uint> ReceiveDescriptorHead => new(_window, 0x2810); // RDH0

    public Register<uint> ReceiveDescriptorTail => new(_window, 0x2818); // RDT0

    public Register<uint> ReceiveDelayTimer => new(_window, 0x2820); // RDTR, units of 1.024 us, 0 = off

    public Register<uint> ReceiveChecksum => new(_window, 0x5000); // RXCSUM, 0 = off

    public Register<ReceiveFilter> ReceiveFilter => new(_window, 0x5008); // RFCTL

    public Register<uint> ReceiveAddressLow => new(_window, 0x5400); // RAL(0), first byte on the wire in bits 7:0

    public Register<uint> ReceiveAddressHigh => new(_window, 0x5404); // RAH(0)

    public Register<uint> MultipleQueues => new(_window, 0x5818); // MRQC, 0 = queue 0 only

    // ---- transmit, 10.2.6 --------------------------------------------------------------------------------------------

    public Register<TransmitControl> TransmitControl => new(_window, 0x0400); // TCTL

    public Register<uint> TransmitInterPacketGap => new(_window, 0x0410); // TIPG

    public Register<uint> TransmitDescriptorBaseLow => new(_window, 0x3800); // TDBAL0

    public Register<uint> TransmitDescriptorBaseHigh => new(_window, 0x3804); // TDBAH0

    public Register<uint> TransmitDescriptorLength => new(_window, 0x3808); // TDLEN0, bytes, a multiple of 128

    public Register<uint> TransmitDescriptorHead => new(_window, 0x3810); // TDH0

    public Register<uint> TransmitDescriptorTail => new(_window, 0x3818); // TDT0

    public Register<TransmitDescriptorControl> TransmitDescriptorControl => new(_window, 0x3828); // TXDCTL0

    // ---- statistics, 10.2.7 ------------------------------------------------------------------------------------------

    public Register<uint> MissedPackets => new(_window, 0x4010); // MPC

    public Register<uint> Collisions => new(_window, 0x4028); // COLC

    public Register<uint> Deferrals => new(_window, 0x4030); // DC

    /// <param name="index">Below <see cref="MulticastTableLength"/>.</param>
    public Register<uint> MulticastTable(uint index) => new(_window, 0x5200 + index * sizeof(uint)); // MTA
}
