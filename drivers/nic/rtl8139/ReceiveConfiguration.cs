// What the receiver accepts and how it stores it. Datasheet 5.9. Next: TransmitConfiguration.cs
using System;

namespace RingOS.Drivers.Rtl8139;

/// <summary>Bits of the receive configuration register (RCR) that this driver sets; all others stay zero, bad frames are not stored.</summary>
[Flags]
internal enum ReceiveConfiguration : uint
{
    AcceptOwnAddress = 1u << 1, // APM
    AcceptBroadcast = 1u << 3, // AB
    NoWrap = 1u << 7, // WRAP: a frame goes on behind the buffer's end, not at its beginning
    UnlimitedBurst = 7u << 8, // MXDMA
    Buffer8K = 0u << 11, // RBLEN = 00: 8 KiB and 16 bytes
    WholeFrames = 7u << 13, // RXFTH: a frame goes to memory when all of it has arrived
}
