// What the chip has to know of the host. GRC_MODE. Next: MacMode.cs
using System;

namespace RingOS.Drivers.Bcm5721;

/// <summary>Bits of the mode control register that this driver sets; all others stay zero.</summary>
/// <remarks>Inside, the chip is big-endian. A little-endian host wants words of descriptors as they are, frames byte by byte.</remarks>
[Flags]
internal enum GlobalMode : uint
{
    SwapDescriptorWords = 1u << 2, // WSWAP_NONFRM_DATA
    SwapFrameBytes = 1u << 4, // BSWAP_DATA
    SwapFrameWords = 1u << 5, // WSWAP_DATA
    HostIsUp = 1u << 16, // HOST_STACKUP: may receive
    HostKeepsSendRing = 1u << 17, // HOST_SENDBDS
    InterruptOnMacEvent = 1u << 26, // IRQ_ON_MAC_ATTN

    Standard = SwapDescriptorWords | SwapFrameBytes | SwapFrameWords | HostIsUp | HostKeepsSendRing | InterruptOnMacEvent,
}
