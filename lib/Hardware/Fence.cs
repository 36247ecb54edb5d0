// Order between memory that a device reads and the register that tells it to. Next: Clock.cs
using System.Threading;

namespace RingOS.Hardware;

/// <summary>Fences. x86 keeps loads in order, and stores, so all but the full one only stop the compiler; they say what must be ordered all the same.</summary>
public static class Fence
{
    private static int s_anchor;

    /// <summary>All stores before this one are visible before any store after it.</summary>
    public static void Release() => Volatile.Write(ref s_anchor, 0);

    /// <summary>No load after this one is done before the loads before it.</summary>
    public static void Acquire() => _ = Volatile.Read(ref s_anchor);

    /// <summary>All stores before this one are visible before any load after it.</summary>
    public static void Full() => Interlocked.MemoryBarrier();
}
