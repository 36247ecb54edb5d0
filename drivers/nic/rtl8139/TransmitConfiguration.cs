// How the transmitter behaves. Datasheet 5.8. Next: TransmitSlots.cs
using System;

namespace RingOS.Drivers.Rtl8139;

/// <summary>Bits of the transmit configuration register (TCR) that this driver sets. TXRR = 0: 16 attempts, as IEEE 802.3 has it.</summary>
[Flags]
internal enum TransmitConfiguration : uint
{
    Burst1024 = 6u << 8, // MXDMA
    StandardInterFrameGap = 3u << 24, // IFG: 9.6 us at 10 Mb/s, 960 ns at 100 Mb/s
}
