// How page tables and loaders reach memory by its physical address. Next: DirectMap.cs
using System;

namespace RingOS.Kernel.Memory;

/// <summary>RAM by physical address. Callers pass only frames they got from the <see cref="FrameAllocator"/> or found in a page table.</summary>
public interface IPhysicalMemory
{
    /// <summary>Reads 8 bytes at a multiple of 8.</summary>
    ulong Read64(PhysicalAddress address);

    /// <summary>Writes 8 bytes at a multiple of 8.</summary>
    void Write64(PhysicalAddress address, ulong value);

    /// <summary>Zeroes the 4096 bytes of a frame.</summary>
    void ClearFrame(PhysicalAddress frame);

    /// <summary>Copies into memory.</summary>
    void CopyIn(PhysicalAddress address, ReadOnlySpan<byte> source);

    /// <summary>Copies out of memory.</summary>
    void CopyOut(PhysicalAddress address, Span<byte> destination);
}
