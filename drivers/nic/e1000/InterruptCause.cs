// Why the device interrupts. Manual 13.4.17 (ICR), 13.4.20 (IMS), 13.4.21 (IMC). Next: ReceiveControl.cs
using System;

namespace RingOS.Drivers.E1000;

/// <summary>Bits of the interrupt registers that this driver knows.</summary>
[Flags]
internal enum InterruptCause : uint
{
    None = 0,
    TransmitDone = 1u << 0, // TXDW: a descriptor that asked for a report has been written back
    LinkChange = 1u << 2, // LSC
    ReceiveThreshold = 1u << 4, // RXDMT0: half of the lent buffers are used up
    ReceiveOverrun = 1u << 6, // RXO: a frame was lost for want of a buffer
    ReceiveTimer = 1u << 7, // RXT0: a frame has arrived

    AnyReceive = ReceiveThreshold | ReceiveOverrun | ReceiveTimer,
    All = uint.MaxValue,
}
