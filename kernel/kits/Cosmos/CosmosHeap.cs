// What is left of Cosmos's heap, in whole free pages. Cosmos's collector starts when an allocation finds no page, and would then scan
// stacks it does not know; the kernel stops starting things before (ProcessTable.cs). Next: LimineModules.cs
using Cosmos.Kernel.Core.Memory;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>Cosmos's page allocator, asked how much it has.</summary>
public sealed class CosmosHeap : IKernelHeap
{
    public ulong Available => PageAllocator.FreePageCount * PageAllocator.PageSize;
}
