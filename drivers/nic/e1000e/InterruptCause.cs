// Why the device interrupts. Datasheet 7.4, 10.2.4. Next: ReceiveControl.cs
using System;

namespace RingOS.Drivers.E1000e;

/// <summary>Bits of the interrupt registers (ICR, IMS, IMC).</summary>
[Flags]
internal enum InterruptCause : uint
{
    None = 0,
    TransmitDone = 1u << 0, // TXDW: a descriptor that asked for a report has been written back
    TransmitQueueEmpty = 1u << 1, // TXQE
    LinkChange = 1u << 2, // LSC
    ReceiveThreshold = 1u << 4, // RXDMT0: half of the lent buffers are used up
    ReceiveOverrun = 1u << 6, // RXO: a frame was lost for want of a buffer
    ReceiveTimer = 1u << 7, // RXT0: a frame has arrived
    ManagementAccess = 1u << 9, // MDAC
    TransmitLow = 1u << 15, // TXD_LOW
    SmallPacket = 1u << 16, // SRPD
    Acknowledgement = 1u << 17, // ACK
    Manageability = 1u << 18, // MNG
    ReceiveQueues = 3u << 20, // RXQ0, RXQ1: with MSI-X only
    TransmitQueues = 3u << 22, // TXQ0, TXQ1: with MSI-X only
    Other = 1u << 24, // OTHER: with MSI-X only

    AnyReceive = ReceiveThreshold | ReceiveOverrun | ReceiveTimer,

    /// <summary>What this driver wants to be told.</summary>
    Wanted = TransmitDone | AnyReceive | LinkChange,

    /// <summary>Every cause there is: what ends a throttling interval when it is unmasked.</summary>
    Every = Wanted | TransmitQueueEmpty | ManagementAccess | TransmitLow | SmallPacket | Acknowledgement | Manageability
        | ReceiveQueues | TransmitQueues | Other,
    All = uint.MaxValue,
}
