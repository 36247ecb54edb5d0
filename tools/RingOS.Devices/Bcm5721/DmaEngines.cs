// The read and the write DMA engine: the only ways of the chip into guest memory. Next: StatusBlock.cs
using System;
using RingOS.Devices.Pci;

namespace RingOS.Devices.Bcm5721;

/// <summary>
/// Each must be enabled, and the function must master its bus. An address that nobody answers is a master abort: it is noted in the
/// engine's status register, where writing ones clears.
/// </summary>
internal sealed class DmaEngines(ChipRegisters registers, IGuestBus bus, PciDevice function)
{
    private const uint MasterAbort = 1 << 3;

    public bool CanRead => function.MastersBus && registers.AreEnabled(Offset.MemoryArbiter, Offset.ReadDma);

    public bool CanWrite => function.MastersBus && registers.AreEnabled(Offset.MemoryArbiter, Offset.WriteDma);

    public bool TryRead(ulong address, Span<byte> bytes)
    {
        if (CanRead && bus.TryRead(address, bytes))
            return true;
        registers[Offset.ReadDmaStatus] |= MasterAbort;
        return false;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (CanWrite && bus.TryWrite(address, bytes))
            return true;
        registers[Offset.WriteDmaStatus] |= MasterAbort;
        return false;
    }
}
