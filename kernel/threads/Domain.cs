// In which protection domain a process runs. Next: Process.cs
namespace RingOS.Kernel.Threads;

/// <summary>A ring, and what of memory it reaches.</summary>
public enum Domain
{
    /// <summary>Ring 3 in an address space of its own.</summary>
    Ring3,

    /// <summary>Ring 1 in the kernel's half: to page tables the same as ring 0.</summary>
    Ring1,

    /// <summary>The same with protection keys (arch/x64/ProtectionKeys.cs).</summary>
    Ring1WithKeys,
}
