// What a device reaches of the machine it sits in: memory, and nothing else. Next: PciDevice.cs
using System;

namespace RingOS.Devices.Pci;

/// <summary>Direct memory access. Whoever implements it checks every address: the device passes on what the guest wrote.</summary>
public interface IGuestBus
{
    /// <returns>False if not all of it is guest memory; then <paramref name="bytes"/> holds nothing of use.</returns>
    bool TryRead(ulong address, Span<byte> bytes);

    /// <returns>False if not all of it is guest memory; then nothing was written.</returns>
    bool TryWrite(ulong address, ReadOnlySpan<byte> bytes);
}
