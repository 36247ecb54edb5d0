// What the receiver accepts and how it stores it. Manual 13.4.22. Next: TransmitControl.cs
using System;

namespace RingOS.Drivers.E1000;

/// <summary>Bits of the receive control register (RCTL) that this driver sets; all others stay zero.</summary>
/// <remarks>
/// Among them LPE and SBP: so the device stores no frame longer than 1522 bytes, which a buffer of 2048 has room for behind
/// <see cref="RingOS.Abi.PacketLayout.FrameOffset"/>. Manual 3.2.4.
/// </remarks>
[Flags]
internal enum ReceiveControl : uint
{
    None = 0,
    Enable = 1u << 1, // EN
    AcceptBroadcast = 1u << 15, // BAM
    BufferSize2048 = 0u << 16, // BSIZE = 00 without BSEX
    StripFrameCheck = 1u << 26, // SECRC
}
