// null(): into the kernel and back, the yardstick for all others. Next: Exit.cs
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Syscalls;

/// <summary>null()</summary>
internal static class Null
{
    public static long Handle(ref Registers arguments) => 0;
}
