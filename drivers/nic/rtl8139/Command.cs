// The device as a whole, and its link. Datasheet 5.7, 5.14. Next: InterruptStatus.cs
using System;

namespace RingOS.Drivers.Rtl8139;

/// <summary>Bits of the command register (CR).</summary>
[Flags]
internal enum Command : byte
{
    None = 0,
    BufferEmpty = 1 << 0, // BUFE: no frame waits in the receive buffer
    TransmitterEnable = 1 << 2, // TE
    ReceiverEnable = 1 << 3, // RE
    Reset = 1 << 4, // RST, clears itself
}

/// <summary>Bits of the media status register (MSR) that this driver knows.</summary>
[Flags]
internal enum MediaStatus : byte
{
    LinkDown = 1 << 2, // LINKB, the inverse of what one would expect
}
