// How the chip shows itself to the host. TG3PCI_MISC_HOST_CTRL. Next: GlobalMode.cs
using System;

namespace RingOS.Drivers.Bcm5721;

/// <summary>Bits of the miscellaneous host control register that this driver sets; all others stay zero.</summary>
[Flags]
internal enum HostControl : uint
{
    MaskPinInterrupt = 1u << 1, // MASK_PCI_INT: interrupts come as messages
    WordSwap = 1u << 3, // WORD_SWAP: 64-bit registers have their upper half first
    IndirectAccess = 1u << 7, // INDIR_ACCESS: the memory window works
    TaggedStatus = 1u << 9, // TAGGED_STATUS: every update of the status block has a number

    Standard = MaskPinInterrupt | WordSwap | IndirectAccess | TaggedStatus,
}
