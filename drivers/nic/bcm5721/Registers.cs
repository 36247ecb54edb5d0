// The registers this driver uses, by name and type; the names of Linux' tg3.h follow each. Next: HostControl.cs
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>BAR 0 of the device: offsets are in bytes. Its first 256 bytes mirror configuration space.</summary>
internal readonly struct Registers(MmioRegion window)
{
    /// <summary>In <see cref="GlobalConfiguration"/>: reset the whole chip. GRC_MISC_CFG_CORECLK_RESET</summary>
    public const uint CoreReset = 1u << 0;

    /// <summary>In <see cref="GlobalConfiguration"/>: the timers' clock is 66 MHz, so that ticks are microseconds.</summary>
    public const uint MicrosecondTimer = 65u << 1;

    /// <summary>In a mode register: the block works.</summary>
    public const uint Enable = 1u << 1;

    /// <summary>In <see cref="InterruptMailbox"/>: no interrupts.</summary>
    public const uint MaskInterrupts = 1;

    /// <summary>Slot time 32, gap 6, of which the carrier is looked at for 2: the values for 10 and 100 Mb/s.</summary>
    public const uint StandardLengths = 32u | (6u << 8) | (2u << 12);

    private readonly MmioRegion _window = window;

    // ---- configuration space, by its mirror ---------------------------------------------------------------------------

    public Register<HostControl> HostControl => new(_window, 0x068); // TG3PCI_MISC_HOST_CTRL

    public Register<uint> MemoryWindowBase => new(_window, 0x07C); // TG3PCI_MEM_WIN_BASE_ADDR

    public Register<uint> MemoryWindowData => new(_window, 0x084); // TG3PCI_MEM_WIN_DATA

    // ---- mailboxes: 64 bits wide; the chip looks at the lower half, which has the higher address ----------------------

    public Register<uint> InterruptMailbox => new(_window, 0x204); // MAILBOX_INTERRUPT_0

    public Register<uint> StandardRingProducer => new(_window, 0x26C); // MAILBOX_RCV_STD_PROD_IDX

    public Register<uint> ReturnRingConsumer => new(_window, 0x284); // MAILBOX_RCVRET_CON_IDX_0

    public Register<uint> SendRingProducer => new(_window, 0x304); // MAILBOX_SNDHOST_PROD_IDX_0

    // ---- MAC ----------------------------------------------------------------------------------------------------------

    public Register<MacMode> MacMode => new(_window, 0x400); // MAC_MODE

    public Register<MacEvents> MacStatus => new(_window, 0x404); // MAC_STATUS, ones clear

    public Register<MacEvents> MacEventEnable => new(_window, 0x408); // MAC_EVENT

    public Register<uint> StationAddressHigh => new(_window, 0x410); // MAC_ADDR_0_HIGH, first two bytes on the wire

    public Register<uint> StationAddressLow => new(_window, 0x414); // MAC_ADDR_0_LOW

    public Register<uint> BackoffSeed => new(_window, 0x438); // MAC_TX_BACKOFF_SEED, 10 bits

    public Register<uint> ReceiveMtu => new(_window, 0x43C); // MAC_RX_MTU_SIZE, with check sequence

    public Register<ManagementCommand> ManagementCommand => new(_window, 0x44C); // MAC_MI_COM

    public Register<uint> ManagementStatus => new(_window, 0x450); // MAC_MI_STAT, 1 = watch the link

    public Register<uint> TransmitMode => new(_window, 0x45C); // MAC_TX_MODE

    public Register<uint> TransmitLengths => new(_window, 0x464); // MAC_TX_LENGTHS

    public Register<uint> ReceiveMode => new(_window, 0x468); // MAC_RX_MODE

    // ---- statistics: reading clears -----------------------------------------------------------------------------------

    public Register<uint> Collisions => new(_window, 0x808); // MAC_TX_STATS_COLLISIONS

    public Register<uint> Deferred => new(_window, 0x824); // MAC_TX_STATS_DEFERRED

    public Register<uint> ExcessiveCollisions => new(_window, 0x82C); // MAC_TX_STATS_EXCESSIVE_COL

    public Register<uint> LateCollisions => new(_window, 0x830); // MAC_TX_STATS_LATE_COL

    public Register<uint> InputDiscards => new(_window, 0x2250); // RCVLPC_IN_DISCARDS_CNT

    // ---- the blocks a frame passes, each with its Enable --------------------------------------------------------------

    public Register<uint> SendDataInitiator => new(_window, 0x0C00); // SNDDATAI_MODE

    public Register<uint> SendDataCompletion => new(_window, 0x1000); // SNDDATAC_MODE

    public Register<uint> SendRingSelector => new(_window, 0x1400); // SNDBDS_MODE

    public Register<uint> SendDescriptorInitiator => new(_window, 0x1800); // SNDBDI_MODE

    public Register<uint> SendDescriptorCompletion => new(_window, 0x1C00); // SNDBDC_MODE

    public Register<uint> ReceiveListPlacement => new(_window, 0x2000); // RCVLPC_MODE

    public Register<uint> ReceiveDataInitiator => new(_window, 0x2400); // RCVDBDI_MODE

    public Register<uint> ReceiveDataCompletion => new(_window, 0x2800); // RCVDCC_MODE

    public Register<uint> ReceiveDescriptorInitiator => new(_window, 0x2C00); // RCVBDI_MODE

    public Register<uint> ReceiveDescriptorCompletion => new(_window, 0x3000); // RCVCC_MODE

    public Register<uint> MemoryArbiter => new(_window, 0x4000); // MEMARB_MODE

    public Register<uint> BufferManager => new(_window, 0x4400); // BUFMGR_MODE

    public Register<uint> ReadDma => new(_window, 0x4800); // RDMAC_MODE

    public Register<uint> WriteDma => new(_window, 0x4C00); // WDMAC_MODE

    public Register<uint> MessageInterrupt => new(_window, 0x6000); // MSGINT_MODE

    // ---- rings and status ---------------------------------------------------------------------------------------------

    public Register<uint> StandardRingHigh => new(_window, 0x2450); // RCVDBDI_STD_BD

    public Register<uint> StandardRingLow => new(_window, 0x2454);

    public Register<uint> StandardRingLength => new(_window, 0x2458); // entries in bits 31:16

    public Register<uint> StandardRingOnChip => new(_window, 0x245C);

    public Register<uint> HostCoalescing => new(_window, 0x3C00); // HOSTCC_MODE

    public Register<uint> ReceiveTicks => new(_window, 0x3C08); // HOSTCC_RXCOL_TICKS, microseconds, 0 = never

    public Register<uint> TransmitTicks => new(_window, 0x3C0C); // HOSTCC_TXCOL_TICKS

    public Register<uint> ReceiveMaximumFrames => new(_window, 0x3C10); // HOSTCC_RXMAX_FRAMES, 0 = no limit

    public Register<uint> TransmitMaximumFrames => new(_window, 0x3C14); // HOSTCC_TXMAX_FRAMES

    public Register<uint> StatusBlockHigh => new(_window, 0x3C38); // HOSTCC_STATUS_BLK_HOST_ADDR

    public Register<uint> StatusBlockLow => new(_window, 0x3C3C);

    // ---- the whole ----------------------------------------------------------------------------------------------------

    public Register<GlobalMode> GlobalMode => new(_window, 0x6800); // GRC_MODE

    public Register<uint> GlobalConfiguration => new(_window, 0x6804); // GRC_MISC_CFG
}
