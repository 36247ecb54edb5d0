// How the transmitter behaves on the wire. Manual 13.4.33. Next: TransmitRing.cs
using System;

namespace RingOS.Drivers.E1000;

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
