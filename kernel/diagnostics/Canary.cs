// Whether somebody has written to the kernel's memory, or taken away what protects it, without anybody noticing. Back to: Shutdown.cs
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Diagnostics;

/// <summary>A word of the kernel's data (<c>kernel_canary</c> in entry.asm) that nobody has a reason to write, and CR0.WP.</summary>
public static class Canary
{
    private const ulong Alive = 0x5249_4E47_4F53_0A0D; // "RINGOS" and a line end

    /// <summary>Nobody has touched either.</summary>
    public static bool IsAlive => Cpu.Canary == Alive && Cpu.IsWriteProtectionOn;

    /// <summary>Reports what is wrong, if anything. True if nothing is.</summary>
    public static bool Check(Log log)
    {
        if (Cpu.Canary != Alive)
            log.Error("the canary is dead: {Value}").WithHexadecimal("Value", Cpu.Canary).End();
        if (!Cpu.IsWriteProtectionOn)
            log.Error("CR0 write protection is off").End();
        return IsAlive;
    }
}
