// Finds the way up a kernel stack. Back to: Cpu.cs
using RingOS.Abi;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Return addresses from the innermost frame outwards; stops at anything that does not look like the kernel's own stack.</summary>
/// <remarks>
/// Small methods keep no frame pointer. So every word from the stack pointer up to the next saved frame pointer counts that points
/// into the kernel's text, behind a call instruction. A word that an ended call left behind may be among them.
/// </remarks>
public unsafe struct FrameWalk(ulong stackPointer, ulong framePointer)
{
    private const ulong LowestKernelAddress = 0xFFFF_8000_0000_0000;
    private const ulong LongestFrame = 64 << 10;
    private const int MaximumFrames = 32;

    private ulong _at = stackPointer & ~7ul;
    private ulong _frame = framePointer;
    private int _count;

    public bool TryNext(out ulong returnAddress)
    {
        while (_count < MaximumFrames && IsFrame)
        {
            // SAFETY: from the stack pointer up to a frame that the chain of saved frame pointers leads to.
            ulong word = *(ulong*)_at;
            bool isSaved = _at == _frame + 8;
            if (_at == _frame)
                _next = word;
            else if (isSaved)
                _frame = _next;
            _at += 8;
            if (word < BootProtocol.KernelBase || !(isSaved || FollowsCall(word)))
                continue;
            _count++;
            returnAddress = word;
            return true;
        }
        returnAddress = 0;
        return false;
    }

    private ulong _next;

    private readonly bool IsFrame => _at >= LowestKernelAddress && (_frame & 7) == 0 && _frame + 8 >= _at && _frame + 8 - _at <= LongestFrame;

    // call rel32, or call through a register or memory in two to seven bytes (Intel SDM vol. 2, CALL).
    private static bool FollowsCall(ulong address)
    {
        if (address >= s_textEnd || address < s_textStart + 8)
            return false;
        byte* end = (byte*)address; // SAFETY: inside the kernel's text.
        if (end[-5] == 0xE8)
            return true;
        for (int length = 2; length <= 7; length++)
        {
            if (end[-length] == 0xFF && (end[1 - length] & 0x38) == 0x10)
                return true;
        }
        return false;
    }

    private static ulong s_textStart;
    private static ulong s_textEnd;

    /// <summary>Where return addresses can point to.</summary>
    public static void SetText(ulong start, ulong end) => (s_textStart, s_textEnd) = (start, end);
}
