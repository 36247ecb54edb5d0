// One access to a register of the transceiver. MAC_MI_COM, IEEE 802.3 22.2.4.5. Next: Transceiver.cs
using System;

namespace RingOS.Drivers.Bcm5721;

/// <summary>Bits of the MI communication register: transceiver in 25:21, its register in 20:16, data in 15:0.</summary>
[Flags]
internal enum ManagementCommand : uint
{
    FirstTransceiver = 1u << 21,
    Read = 1u << 27,
    ReadFailed = 1u << 28,
    Start = 1u << 29, // reads as 1 as long as the access lasts

    Busy = Start,
    Data = 0xFFFF,
}
