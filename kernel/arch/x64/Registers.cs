// What a thread had in its registers when it entered the kernel. Layout: entry.asm (R_...). Next: ThreadContext.cs
using System.Runtime.InteropServices;

namespace RingOS.Kernel.Arch.X64;

/// <summary>A thread's registers outside the kernel: 176 bytes, stored by entry.asm and by the processor's interrupt frame.</summary>
/// <remarks>After a syscall only the instruction and stack pointers, the flags, rax and the argument registers are valid.</remarks>
[StructLayout(LayoutKind.Sequential)]
public struct Registers
{
    public const int Size = 176;

    public ulong R15;
    public ulong R14;
    public ulong R13;
    public ulong R12;
    public ulong Rbp;
    public ulong Rbx;
    public ulong R11;
    public ulong Rcx;
    public ulong R9;
    public ulong R8;
    public ulong R10;
    public ulong Rdx;
    public ulong Rsi;
    public ulong Rdi;
    public ulong Rax;
    public ulong Vector;
    public ulong ErrorCode;
    public ulong InstructionPointer;
    public ulong CodeSegment;
    public ulong Flags;
    public ulong StackPointer;
    public ulong StackSegment;

    /// <summary>Makes all of them zero, for a new thread.</summary>
    public void Clear()
    {
        R15 = R14 = R13 = R12 = Rbp = Rbx = R11 = Rcx = R9 = R8 = R10 = Rdx = Rsi = Rdi = Rax = 0;
        Vector = ErrorCode = InstructionPointer = CodeSegment = Flags = StackPointer = StackSegment = 0;
    }

    /// <summary>Current privilege level of the interrupted code, 0 to 3.</summary>
    public readonly int Ring => (int)(CodeSegment & 3);
}
