// Follows saved frame pointers up a kernel stack. Back to: Cpu.cs
namespace RingOS.Kernel.Arch.X64;

/// <summary>Return addresses from the innermost frame outwards; stops at anything that does not look like the kernel's own stack.</summary>
public unsafe struct FrameWalk(ulong framePointer)
{
    private const ulong LowestKernelAddress = 0xFFFF_8000_0000_0000;
    private const int MaximumFrames = 32;

    private ulong _frame = framePointer;
    private int _count;

    public bool TryNext(out ulong returnAddress)
    {
        returnAddress = 0;
        if (_frame < LowestKernelAddress || (_frame & 7) != 0 || _count++ >= MaximumFrames)
            return false;
        // SAFETY: rbp holds a frame of the running kernel stack, or a higher one that an earlier step found there.
        ulong* frame = (ulong*)_frame;
        returnAddress = frame[1];
        ulong next = frame[0];
        _frame = next > _frame ? next : 0;
        return returnAddress >= LowestKernelAddress;
    }
}
