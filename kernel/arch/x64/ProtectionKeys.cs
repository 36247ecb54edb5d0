// Supervisor protection keys (PKS): who may touch which page of the kernel's half while ring 1 runs. Paging itself treats rings 0 to 2
// alike. Intel SDM vol. 3, 4.6.2. The other half: entry.asm (lift_keys, arm_keys). Next: ../../memory/PageFlags.cs
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Arch.X64;

/// <summary>
/// Every page of the kernel's half has its key from the start; only the placement <c>ring1-keys</c> makes the processor heed them. Ring 0
/// runs with all of them lifted.
/// </summary>
public static unsafe class ProtectionKeys
{
    /// <summary>Ring 1 may read and write: where the processor itself pushes on the way out of ring 1.</summary>
    public const PageFlags Open = PageFlags.None;

    /// <summary>Ring 1 may read: descriptor tables, which the processor reads for it.</summary>
    public const PageFlags ReadOnly = PageFlags.Key1;

    /// <summary>Ring 1 may neither read nor write: all that is the kernel's.</summary>
    public const PageFlags Kernel = PageFlags.Key2;

    /// <summary>The driver's own pages.</summary>
    public const PageFlags Driver = PageFlags.Key3;

    private const ulong Enable = 1 << 24; // CR4.PKS
    private const uint Rights = 0x6E1; // IA32_PKRS: AD in bit 2k, WD in bit 2k + 1

    /// <summary>Key 0 and 3 open, key 1 not to be written, all others denied.</summary>
    public const ulong WhileRing1Runs = 0xFFFF_FF38;

    /// <summary>The pages that entry.asm needs while ring 1 still has its rights; see there.</summary>
    public static ulong ReachablePage => (ulong)Cpu.Reachable;

    public static ulong EntryStackPage => Cpu.EntryStackEnd - Page.Size;

    /// <summary>
    /// From now on drivers can run with <see cref="WhileRing1Runs"/>. False if this processor has no such keys, or does not keep ring 1 from
    /// executing a program's pages (SMEP): a syscall from there would pass for one of ring 3.
    /// </summary>
    public static bool Arm()
    {
        if (!Cpu.HasSupervisorKeys || !Cpu.IsExecutionPreventionOn)
            return false;
        Cpu.EnableControl4(Enable);
        Cpu.WriteModelSpecificRegister(Rights, 0);
        Cpu.EnterWithKeys();
        return true;
    }
}
