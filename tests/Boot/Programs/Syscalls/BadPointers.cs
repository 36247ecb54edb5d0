// Pointers that no system call may follow. Layout of a process: kernel/loader/ProcessLayout.cs. Back to: PointerChecks.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>Every way of being wrong.</summary>
internal static class BadPointers
{
    private const ulong UserEnd = 0x0000_7FFF_FFFF_F000;
    private const ulong LowHalfEnd = 0x0000_8000_0000_0000;
    private const ulong KernelText = 0xFFFF_FFFF_8010_0000;
    private const ulong DirectMap = 0xFFFF_8000_0000_0000;
    private const ulong OwnStackEnd = 0xC_0000_0000; // ProcessLayout.StackEnd
    private const ulong OwnStackLength = 64 << 10;

    /// <summary>One past the last byte of the heap; nothing is mapped there.</summary>
    public static ulong HeapEnd => Startup.Block.HeapStart + Startup.Block.HeapLength;

    /// <summary>Wrong for eight bytes or more.</summary>
    public static ulong[] All()
    {
        ulong own = Startup.Block.HeapStart & ~(BootProtocol.ProgramSpacing - 1);
        return
        [
            0, 8, 0xFFF, // page 0
            HeapEnd, own + OwnStackEnd, own + OwnStackEnd - OwnStackLength - 8, // unmapped: beside heap and stack
            own + BootProtocol.ProgramSpacing, // where another program would be
            HeapEnd - 4, 0xFFC, own + OwnStackEnd - 4, // half mapped
            UserEnd, UserEnd - 4, LowHalfEnd - 8, LowHalfEnd - 4, // the end of what programs may have
            LowHalfEnd, 0x1234_5678_9ABC_DEF0, DirectMap - 4, DirectMap - 8, 1ul << 63, // not canonical, or half
            DirectMap, DirectMap + 0x10_0000, KernelText, // the kernel's
            ulong.MaxValue - 7, ulong.MaxValue - 3, ulong.MaxValue, // wraps
        ];
    }
}
