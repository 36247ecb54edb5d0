// All RAM, mapped once in the kernel's half: virtual = base + physical. Next: MemoryRange.cs
using System;
using System.Threading;

namespace RingOS.Kernel.Memory;

/// <summary>Physical memory through the kernel's direct map.</summary>
public sealed unsafe class DirectMap : IPhysicalMemory
{
    /// <summary>Where the kernel maps physical address 0; the first address of the high half.</summary>
    public const ulong KernelBase = 0xFFFF_8000_0000_0000;

    private readonly ulong _base;

    /// <param name="mapBase">Where physical address 0 is mapped: <see cref="KernelBase"/>, another boot kit's offset, or a test's buffer.</param>
    public DirectMap(ulong mapBase)
    {
        _base = mapBase;
    }

    /// <summary>Where a physical address is seen by the kernel.</summary>
    public VirtualAddress VirtualOf(PhysicalAddress address) => new(_base + address.Value);

    public ulong Read64(PhysicalAddress address)
        => Volatile.Read(ref *(ulong*)(_base + address.Value)); // SAFETY: all RAM is mapped; see IPhysicalMemory.

    public void Write64(PhysicalAddress address, ulong value)
        => Volatile.Write(ref *(ulong*)(_base + address.Value), value); // SAFETY: all RAM is mapped; see IPhysicalMemory.

    public void ClearFrame(PhysicalAddress frame)
    {
        // SAFETY: a frame is 4096 mapped bytes. Volatile keeps the compiler from fusing stores into wider registers.
        ulong* word = (ulong*)(_base + frame.Value);
        for (ulong* end = word + Page.Size / sizeof(ulong); word < end; word++)
            Volatile.Write(ref *word, 0);
    }

    public void CopyIn(PhysicalAddress address, ReadOnlySpan<byte> source)
    {
        // SAFETY: the caller's range is RAM, which is all mapped; the length is the span's.
        fixed (byte* from = source)
            Copy((byte*)(_base + address.Value), from, source.Length);
    }

    public void CopyOut(PhysicalAddress address, Span<byte> destination)
    {
        // SAFETY: as in CopyIn.
        fixed (byte* to = destination)
            Copy(to, (byte*)(_base + address.Value), destination.Length);
    }

    // Eight bytes at a time, then the rest. SAFETY: both ends are valid for this length, as the callers say.
    private static void Copy(byte* to, byte* from, int length)
    {
        int words = length & ~7;
        for (int i = 0; i < words; i += 8)
            *(ulong*)(to + i) = *(ulong*)(from + i);
        for (int i = words; i < length; i++)
            to[i] = from[i];
    }
}
