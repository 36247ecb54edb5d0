// What the receiver accepts and how it stores it. Datasheet 10.2.5. Next: TransmitControl.cs
using System;

namespace RingOS.Drivers.E1000e;

/// <summary>Bits of the receive control register (RCTL) that this driver sets; all others stay zero.</summary>
/// <remarks>
/// Among them LPE and SBP: so the device stores no frame longer than 1522 bytes, which a buffer of 2048 has room for behind
/// <see cref="RingOS.Abi.PacketLayout.FrameOffset"/>.
/// </remarks>
[Flags]
internal enum ReceiveControl : uint
{
    None = 0,
    Enable = 1u << 1, // EN
    OneBufferAFrame = 0u << 10, // DTYP = 00: header and payload are not split
    AcceptBroadcast = 1u << 15, // BAM
    BufferSize2048 = 0u << 16, // BSIZE = 00 without BSEX
    StripFrameCheck = 1u << 26, // SECRC
}

/// <summary>Bits of the receive filter control register (RFCTL) that this driver sets; all others stay zero.</summary>
[Flags]
internal enum ReceiveFilter : uint
{
    ExtendedDescriptors = 1u << 15, // EXSTEN
}
