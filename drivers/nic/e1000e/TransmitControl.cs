// How the transmitter behaves on the wire, and when it writes a descriptor back. Datasheet 10.2.6. Next: ExtendedReport.cs
using System;

namespace RingOS.Drivers.E1000e;

/// <summary>Bits of the transmit control register (TCTL) that this driver sets; all others stay zero.</summary>
[Flags]
internal enum TransmitControl : uint
{
    None = 0,
    Enable = 1u << 1, // EN
    PadShortPackets = 1u << 3, // PSP: to the 64 bytes of IEEE 802.3
    CollisionThreshold15 = 15u << 4, // CT: 15 retries after the first attempt make the 16 of IEEE 802.3
    CollisionDistance64 = 64u << 12, // COLD: 64 byte times, for full duplex
}

/// <summary>Bits of the transmit descriptor control register (TXDCTL) that this driver sets; all others stay zero.</summary>
/// <remarks>A write-back threshold (WTHRESH) of 0: a descriptor that asks for a report is written back as soon as its frame has left.</remarks>
[Flags]
internal enum TransmitDescriptorControl : uint
{
    Reserved22 = 1u << 22, // to be written as 1
    CountDescriptors = 1u << 24, // GRAN: thresholds are descriptors, not cache lines
}
