// Why the device interrupts. Datasheet 5.4, 5.5. Next: ReceiveConfiguration.cs
using System;

namespace RingOS.Drivers.Rtl8139;

/// <summary>Bits of the interrupt registers (ISR, IMR) that this driver knows.</summary>
[Flags]
internal enum InterruptStatus : ushort
{
    None = 0,
    ReceiveOk = 1 << 0, // ROK
    ReceiveError = 1 << 1, // RER
    TransmitOk = 1 << 2, // TOK
    TransmitError = 1 << 3, // TER: a frame was given up; which one and why is in its transmit status
    ReceiveOverflow = 1 << 4, // RXOVW: no room in the receive buffer
    LinkChange = 1 << 5, // PUN, LinkChg
    FifoOverflow = 1 << 6, // FOVW

    AnyTransmit = TransmitOk | TransmitError,
    AnyReceive = ReceiveOk | ReceiveError | ReceiveOverflow | FifoOverflow,
    Known = AnyTransmit | AnyReceive | LinkChange,

    /// <summary>What a device that is gone reads as; bits 12:7 are reserved and otherwise zero.</summary>
    Gone = 0xFFFF,
}
