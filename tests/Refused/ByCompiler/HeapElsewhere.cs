// `new` clears what it allocates: a heap over the kernel's data clears that.
using System.Runtime;

internal static class HeapElsewhere
{
    public static object Run(ulong address)
    {
        RuntimeHeap.Initialize(address, 4096);
        return new object();
    }
}
