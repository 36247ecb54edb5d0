// Where the registers of the chip lie in its window. Names after Linux' tg3.h, in words. Next: ChipRegisters.cs
namespace RingOS.Devices.Bcm5721;

/// <summary>The registers that do something in this model; all others only remember what was written to them.</summary>
internal static class Offset
{
    // In configuration space, mirrored at the start of the window.
    public const uint MiscellaneousHostControl = 0x68;
    public const uint MemoryWindowBase = 0x7C;
    public const uint MemoryWindowData = 0x84;

    // Mailboxes are 64 bits wide; what counts is the lower half, at the higher address.
    public const uint InterruptMailbox = 0x204;
    public const uint StandardProducerMailbox = 0x26C;
    public const uint ReturnConsumerMailbox = 0x284;
    public const uint SendProducerMailbox = 0x304;

    // MAC
    public const uint MacMode = 0x400;
    public const uint MacStatus = 0x404;
    public const uint MacEvent = 0x408;
    public const uint MacAddressHigh = 0x410;
    public const uint MacAddressLow = 0x414;
    public const uint BackoffSeed = 0x438;
    public const uint ReceiveMtu = 0x43C;
    public const uint ManagementCommand = 0x44C;
    public const uint TransmitMode = 0x45C;
    public const uint TransmitStatus = 0x460;
    public const uint ReceiveMode = 0x468;

    // MAC statistics: reading clears.
    public const uint FirstStatistic = 0x800;
    public const uint TransmitOctets = 0x800;
    public const uint Collisions = 0x808;
    public const uint MacErrors = 0x818;
    public const uint SingleCollisions = 0x81C;
    public const uint MultipleCollisions = 0x820;
    public const uint Deferred = 0x824;
    public const uint ExcessiveCollisions = 0x82C;
    public const uint LateCollisions = 0x830;
    public const uint TransmitUnicast = 0x86C;
    public const uint TransmitMulticast = 0x870;
    public const uint TransmitBroadcast = 0x874;
    public const uint ReceiveOctets = 0x880;
    public const uint ReceiveUnicast = 0x88C;
    public const uint ReceiveBroadcast = 0x894;
    public const uint FrameTooLong = 0x8B0;
    public const uint FrameTooShort = 0x8B8;
    public const uint EndOfStatistics = 0x8C0;

    // The blocks a frame passes: bit 1 of each enables it.
    public const uint SendDataInitiator = 0x0C00;
    public const uint SendDataCompletion = 0x1000;
    public const uint SendRingSelector = 0x1400;
    public const uint SendDescriptorInitiator = 0x1800;
    public const uint SendDescriptorCompletion = 0x1C00;
    public const uint ReceiveListPlacement = 0x2000;
    public const uint ReceiveDataInitiator = 0x2400;
    public const uint ReceiveDataCompletion = 0x2800;
    public const uint ReceiveDescriptorInitiator = 0x2C00;
    public const uint ReceiveDescriptorCompletion = 0x3000;
    public const uint MemoryArbiter = 0x4000;
    public const uint BufferManager = 0x4400;
    public const uint ReadDma = 0x4800;
    public const uint ReadDmaStatus = 0x4804;
    public const uint WriteDma = 0x4C00;
    public const uint WriteDmaStatus = 0x4C04;

    // Receive list placement counters: reading clears.
    public const uint NoReceiveBuffer = 0x224C;
    public const uint InputDiscards = 0x2250;
    public const uint InputErrors = 0x2254;

    public const uint StandardRing = 0x2450; // address high, address low, entries and flags, address on the chip

    // Host coalescing
    public const uint HostCoalescing = 0x3C00;
    public const uint ReceiveTicks = 0x3C08;
    public const uint TransmitTicks = 0x3C0C;
    public const uint ReceiveMaximumFrames = 0x3C10;
    public const uint TransmitMaximumFrames = 0x3C14;
    public const uint StatusBlockHigh = 0x3C38;
    public const uint StatusBlockLow = 0x3C3C;
    public const uint FlowAttention = 0x3C48;

    public const uint MessageInterrupt = 0x6000;
    public const uint GlobalMode = 0x6800;
    public const uint GlobalConfiguration = 0x6804;

    public const uint EndOfRegisters = 0x8000; // then a window of 32 KiB into the chip's memory
}
