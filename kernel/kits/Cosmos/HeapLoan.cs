// Cosmos keeps the largest range of RAM for its heap. The kernel borrows part of it, as one array that is never given back.
// Cosmos's collector does not move objects, and its heap lies in the direct map, so the array is physically contiguous.
// Next: CosmosHeap.cs
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>A part of Cosmos's heap that is the kernel's.</summary>
/// <param name="heap">The range of RAM that Cosmos's heap is in.</param>
/// <param name="lent">The whole frames in it that the kernel may hand out.</param>
public sealed class HeapLoan(MemoryRange heap, MemoryRange lent)
{
    private const ulong MostBytes = 512ul << 20;

    private static byte[]? s_array; // keeps the loan alive

    /// <summary>What Cosmos keeps below the loan.</summary>
    public MemoryRange Below { get; } = new(heap.Start, lent.Start.Value - heap.Start.Value);

    /// <summary>What Cosmos keeps above the loan.</summary>
    public MemoryRange Above { get; } = new(
        new PhysicalAddress(lent.Start.Value + lent.Length),
        heap.Start.Value + heap.Length - lent.Start.Value - lent.Length);

    /// <summary>Borrows half of the heap's range, 512 MiB at most.</summary>
    /// <param name="heap">The range of RAM that Cosmos's heap is in.</param>
    /// <param name="directMap">Virtual address of physical address 0.</param>
    public static HeapLoan Take(MemoryRange heap, ulong directMap)
    {
        ulong half = heap.Length / 2;
        s_array = new byte[half < MostBytes ? half : MostBytes];
        return Of(heap, PhysicalStart(s_array, directMap), (ulong)s_array.Length);
    }

    /// <summary>The loan that bytes at a physical address make: their whole frames.</summary>
    public static HeapLoan Of(MemoryRange heap, ulong start, ulong length)
    {
        ulong first = Page.RoundUp(start);
        return new HeapLoan(heap, new MemoryRange(new PhysicalAddress(first), Page.RoundDown(start + length) - first));
    }

    // SAFETY: the array does not move, and the direct map is a constant offset.
    private static unsafe ulong PhysicalStart(byte[] array, ulong directMap)
        => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) - directMap;
}
