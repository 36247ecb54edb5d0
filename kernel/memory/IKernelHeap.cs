// How much is left of what `new` takes from in the kernel. Each kit has a heap of its own. Next: Page.cs
namespace RingOS.Kernel.Memory;

/// <summary>The kernel's heap. Nothing is ever given back to it: pools are made at boot, and every process start costs some.</summary>
public interface IKernelHeap
{
    /// <summary>Bytes still free.</summary>
    ulong Available { get; }
}
