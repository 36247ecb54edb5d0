// What context_switch needs of a thread. Layout: entry.asm (C_...). Next: RegisterArea.cs
using System.Runtime.InteropServices;

namespace RingOS.Kernel.Arch.X64;

/// <summary>A thread's state while it does not run, beside its registers: 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct ThreadContext
{
    public const int Size = 64;

    /// <summary>Kernel stack pointer.</summary>
    public ulong Stack;

    /// <summary>Top of the kernel stack, 16-aligned.</summary>
    public ulong KernelStack;

    /// <summary>End of the register area.</summary>
    public ulong RegistersEnd;

    /// <summary>Page-table root of its process; 0 for a thread of the kernel.</summary>
    public ulong Root;

    /// <summary>Where the processor pushes when the thread is interrupted: <see cref="RegistersEnd"/>, or the common page of drivers with keys.</summary>
    public ulong EntryStack;

    /// <summary>Where its I/O map lies in the task state segment; <see cref="PortPermissions.None"/> for nearly all.</summary>
    public ulong PortMap;

    /// <summary>IA32_PKRS while it runs outside ring 0; 0 if it has no keys.</summary>
    public ulong Keys;

    /// <summary>Not 0: its requests are answered in ring 1, to which SYSRET does not lead.</summary>
    public ulong IsRing1;
}
