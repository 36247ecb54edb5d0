// Cosmos.Kernel.Core of Cosmos Gen3 3.0.82, as far as kernel/kits/Cosmos uses it, and nothing that it does not have: shapes.txt.
// Back to: CosmosKernel.cs
namespace Cosmos.Kernel.Core.Memory;

/// <summary>src/Cosmos.Kernel.Core/Memory/PageAllocator.cs</summary>
public static class PageAllocator
{
    public const ulong PageSize = 4096;

    public static ulong FreePageCount { get; private set; }
}
