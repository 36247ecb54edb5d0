// The edges of a measured window. The trace analysis of the host tool finds them by their names. Next: CounterWindow.cs
using System.Runtime.CompilerServices;

namespace RingOS.User;

/// <summary>Never inlined, so that in an execution trace their addresses occur exactly once each.</summary>
public static class Measure
{
    /// <summary>The window starts. Returns the time-stamp counter.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong Begin() => Syscall.ReadClock();

    /// <summary>The window ends. Returns the time-stamp counter.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong End() => Syscall.ReadClock();
}
