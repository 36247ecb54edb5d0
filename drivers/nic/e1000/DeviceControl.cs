// The device as a whole: its control and status registers. Manual 13.4.1, 13.4.2. Next: InterruptCause.cs
using System;

namespace RingOS.Drivers.E1000;

/// <summary>Bits of the device control register (CTRL) that this driver knows.</summary>
[Flags]
internal enum DeviceControl : uint
{
    LinkReset = 1u << 3, // LRST
    AutoSpeedDetection = 1u << 5, // ASDE
    SetLinkUp = 1u << 6, // SLU
    InvertLossOfSignal = 1u << 7, // ILOS
    Reset = 1u << 26, // RST, clears itself
    PhyReset = 1u << 31, // PHY_RST

    /// <summary>What 14.3 wants to be zero.</summary>
    Forbidden = LinkReset | InvertLossOfSignal | Reset | PhyReset,
}

/// <summary>Bits of the device status register (STATUS) that this driver knows.</summary>
[Flags]
internal enum DeviceStatus : uint
{
    LinkUp = 1u << 1, // LU
}
