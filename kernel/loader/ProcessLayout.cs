// Where everything lies in a process: one picture for all programs. Next: ProgramArguments.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>
/// Offsets from a process's base, which is its number times <see cref="BootProtocol.ProgramSpacing"/> (64 GiB). The gaps are never
/// mapped, so running out of one region faults before it reaches the next.
/// </summary>
/// <remarks><code>
///   0x0_0000_0000   image, at most 64 MiB
///   0x1_0000_0000   heap, at most 32 GiB
///   0xC_0000_0000   end of the stack, which grows down from here; below it nothing is mapped (guard)
///   0xD_0000_0000   start-up page, read-only
///   0xE_0000_0000   device registers, if granted
///   0xE_4000_0000   descriptor memory (DMA), if granted
///   0xE_8000_0000   packet pool, if granted
///   0xE_C000_0000   event ring, two pages, if granted
///   0xE_D000_0000   request ring, two pages, if granted
///   0xF_0000_0000   never used: guard towards the next process
/// </code></remarks>
public static class ProcessLayout
{
    public const ulong Image = 0;
    public const ulong Heap = 0x1_0000_0000;
    public const ulong StackEnd = 0xC_0000_0000;
    public const ulong StartupPage = 0xD_0000_0000;
    public const ulong Registers = 0xE_0000_0000;
    public const ulong Dma = 0xE_4000_0000;
    public const ulong Packets = 0xE_8000_0000;
    public const ulong EventRing = 0xE_C000_0000;
    public const ulong RequestRing = 0xE_D000_0000;
    public const ulong End = 0xF_0000_0000;

    /// <summary>Largest heap, bytes.</summary>
    public const ulong MaximumHeap = 32ul << 30;

    /// <summary>Largest stack, bytes.</summary>
    public const ulong MaximumStack = 1ul << 30;

    /// <summary>Largest register window, DMA region or packet pool, bytes.</summary>
    public const ulong MaximumGrant = 0x4000_0000;

    /// <summary>
    /// Most regions a loader maps: segments, heap, stack, start-up page, three grants, and two pages of each ring with rights of their own.
    /// </summary>
    public const int MaximumRegions = ElfHeader.MaximumProgramHeaders + 10;

    /// <summary>Highest process number whose slot ends below the top of the low half.</summary>
    public const ulong MaximumNumber = UserRange.End / BootProtocol.ProgramSpacing - 1;

    /// <summary>The base of process <paramref name="number"/>, 1 to <see cref="MaximumNumber"/>.</summary>
    public static VirtualAddress BaseOf(ulong number) => new(number * BootProtocol.ProgramSpacing);

    /// <summary>The base of a driver in ring 1; the number is below <see cref="DriverSlot.Count"/>.</summary>
    public static VirtualAddress BaseInKernelHalf(ulong number) => new(BootProtocol.DriverHalf + (number * BootProtocol.ProgramSpacing));

    /// <summary>Whether this is the base of some process.</summary>
    public static bool IsBase(VirtualAddress address)
        => address.Value % BootProtocol.ProgramSpacing == 0
            && (IsNumber(address.Value / BootProtocol.ProgramSpacing, MaximumNumber)
                || (!address.IsLowHalf && IsNumber((address.Value - BootProtocol.DriverHalf) / BootProtocol.ProgramSpacing, DriverSlot.Count - 1)));

    private static bool IsNumber(ulong number, ulong highest) => number >= 1 && number <= highest;
}
