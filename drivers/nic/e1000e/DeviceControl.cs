// The device as a whole: its control and status registers. Datasheet 10.2.2. Next: DeviceReset.cs
using System;

namespace RingOS.Drivers.E1000e;

/// <summary>Bits of the device control register (CTRL) that this driver knows.</summary>
[Flags]
internal enum DeviceControl : uint
{
    MasterDisable = 1u << 2, // GIO Master Disable: begin no more reads and writes on PCI Express
    AutoSpeedDetection = 1u << 5, // ASDE
    SetLinkUp = 1u << 6, // SLU
    Reset = 1u << 26, // RST, clears itself
    PhyReset = 1u << 31, // PHY_RST

    /// <summary>What must be zero in a device that runs.</summary>
    Forbidden = MasterDisable | Reset | PhyReset,
}

/// <summary>Bits of the device status register (STATUS) that this driver knows.</summary>
[Flags]
internal enum DeviceStatus : uint
{
    LinkUp = 1u << 1, // LU
    MasterEnabled = 1u << 19, // GIO Master Enable Status: reads and writes may still be under way
}

/// <summary>Bits of the extended device control register (CTRL_EXT) that this driver sets; all others stay as they are.</summary>
[Flags]
internal enum ExtendedControl : uint
{
    ClearTimersByMask = 1u << 29, // INT_TIMERS_CLEAR_ENA: unmasking every cause at once ends a running throttling interval
}

/// <summary>Bits of the EEPROM control register (EEC) that this driver knows.</summary>
[Flags]
internal enum EepromControl : uint
{
    AutoReadDone = 1u << 9, // AUTO_RD: the station address and the rest have been loaded
}
