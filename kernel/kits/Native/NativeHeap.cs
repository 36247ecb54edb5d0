// The heap that boot.asm reserves. Back to: NativeKit.cs
using System.Runtime;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Kits.Native;

/// <summary>What the core library's `new` takes from.</summary>
public sealed class NativeHeap : IKernelHeap
{
    public ulong Available => RuntimeHeap.Available;
}
