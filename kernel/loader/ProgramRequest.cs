// Everything that must be decided to start a program. Next: ProgramLoader.cs
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>What to load, where, with how much memory, and what it is told.</summary>
public sealed class ProgramRequest(ElfImage image, VirtualAddress start, ProgramArguments arguments)
{
    public ElfImage Image { get; } = image;

    /// <summary>The base of the process; see <see cref="ProcessLayout.BaseOf"/>.</summary>
    public VirtualAddress Base { get; } = start;

    public ProgramArguments Arguments { get; } = arguments;

    /// <summary>Bytes of heap, whole pages; may be 0.</summary>
    public ulong HeapLength { get; init; } = 1ul << 20;

    /// <summary>Bytes of stack, whole pages, at least one.</summary>
    public ulong StackLength { get; init; } = 64ul << 10;

    /// <summary>Null for a program that is not a service.</summary>
    public ServiceGrant? Grant { get; init; }

    /// <summary>Rate of the time-stamp counter.</summary>
    public ulong TicksPerSecond { get; init; }

    /// <summary>The counter when the wall clock stood at <see cref="BootWallNanoseconds"/>.</summary>
    public ulong BootTicks { get; init; }

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public ulong BootWallNanoseconds { get; init; }

    /// <summary>Simulated time, or 0.</summary>
    public ulong SimulatedNow { get; init; }
}

/// <summary>Where a loaded program starts.</summary>
public sealed class LoadedProgram(VirtualAddress entry, VirtualAddress stackEnd, VirtualAddress startupBlock)
{
    /// <summary>The first instruction.</summary>
    public VirtualAddress Entry { get; } = entry;

    /// <summary>The first stack pointer: one past the highest byte of the stack, a multiple of 4096.</summary>
    public VirtualAddress StackEnd { get; } = stackEnd;

    /// <summary>For rdi at the entry.</summary>
    public VirtualAddress StartupBlock { get; } = startupBlock;
}
