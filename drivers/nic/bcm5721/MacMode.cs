// How the MAC behaves on the wire, and what it reports of itself. MAC_MODE, MAC_STATUS, MAC_EVENT. Next: ManagementCommand.cs
using System;

namespace RingOS.Drivers.Bcm5721;

/// <summary>Bits of the Ethernet MAC mode register that this driver sets; all others stay zero.</summary>
[Flags]
internal enum MacMode : uint
{
    None = 0,
    HalfDuplex = 1u << 1, // defers to others, and retries after collisions
    PortMii = 1u << 2, // 10 and 100 Mb/s
    TransmitDescriptors = 1u << 21, // TDE_ENABLE
    ReceiveDescriptors = 1u << 22, // RDE_ENABLE
    FrameHeaders = 1u << 23, // FHDE_ENABLE

    Standard = PortMii | TransmitDescriptors | ReceiveDescriptors | FrameHeaders,
}

/// <summary>
/// Bits of the Ethernet MAC status and event enable registers that this driver knows. None of the others, nor any of MAC_TX_STATUS
/// (0x460), speaks of collisions: <c>if (nic->error_status &amp; COLLISION)</c> cannot be written for this chip.
/// </summary>
[Flags]
internal enum MacEvents : uint
{
    LinkStateChanged = 1u << 12, // LNKSTATE_CHANGED
}
