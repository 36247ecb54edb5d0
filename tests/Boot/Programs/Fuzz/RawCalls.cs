// System calls with nothing between the fuzzer and the kernel. Asm: RawCalls.asm. Next: CallRandom.cs
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Abi;

namespace RingOS.Test.Fuzz;

/// <summary>Ways into the kernel.</summary>
internal enum Entry : uint
{
    Syscall,
    InterruptGate,
    CallGate,
    Count,
}

/// <summary>How a process ends. From <see cref="Privileged"/> on only where rings are walls: ring 1 may do the last of them.</summary>
internal enum EndingWay : uint
{
    Exit,
    NullPointer,
    UndefinedInstruction,
    DivisionByZero,
    Privileged,
    KernelWrite,
    Count,
}

/// <summary>Registers before and after a call. Offsets are known to RawCalls.asm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CallRegisters
{
    public const int Size = 152;

    /// <summary>In the place of numbers that no call has.</summary>
    public const SyscallNumber NoSuchCall = SyscallNumber.ReplyReceive + 1;

    public ulong Rax;
    public ulong Rdi;
    public ulong Rsi;
    public ulong Rdx;
    public ulong R10;
    public ulong R8;
    public ulong R9;
    public ulong Flags;

    public ulong ResultRax;
    public ulong ResultRdi;
    public ulong ResultRsi;
    public ulong ResultRdx;
    public ulong ResultR10;
    public ulong ResultR8;
    public ulong ResultR9;
    public ulong ResultRcx;
    public ulong ResultR11;
    public ulong ResultFlags;

    /// <summary>A bit for each register that should have been kept and was not: rbx, rbp, r12 to r15, rsp.</summary>
    public ulong Broken;

    /// <summary>Which call it is.</summary>
    public readonly SyscallNumber Number => IsCall(Rax) ? (SyscallNumber)(int)Rax : NoSuchCall;

    /// <summary>Whether there is a call with this number: two ranges, the second of those that answer with words.</summary>
    public static bool IsCall(ulong number)
        => number is <= (ulong)SyscallNumber.Acknowledge or (>= (ulong)SyscallNumber.Call and <= (ulong)SyscallNumber.ReplyReceive);
}

/// <summary>The routines of RawCalls.asm.</summary>
internal static unsafe class RawCalls
{
    /// <summary>Where this program's code is.</summary>
    public static ulong Code => CodeAddress();

    public static void Invoke(ref CallRegisters registers, Entry entry)
    {
        fixed (CallRegisters* address = &registers) // SAFETY: the routine stays inside the structure.
            Call(address, (uint)entry);
    }

    /// <summary>A call of the fuzzer's own, which is not counted.</summary>
    public static long Invoke(SyscallNumber number, ulong first = 0, ulong second = 0, ulong third = 0, ulong fourth = 0, ulong fifth = 0)
    {
        CallRegisters registers = default;
        registers.Rax = (ulong)number;
        registers.Rdi = first;
        registers.Rsi = second;
        registers.Rdx = third;
        registers.R10 = fourth;
        registers.R8 = fifth;
        registers.Flags = 2;
        Invoke(ref registers, Entry.Syscall);
        return (long)registers.ResultRax;
    }

    /// <summary>Never returns.</summary>
    public static void End(EndingWay way, int code) => EndBy((uint)way, code);

    [RuntimeImport("*", "fuzz_call"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Call(CallRegisters* registers, uint entry);

    [RuntimeImport("*", "fuzz_end"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void EndBy(uint way, int code);

    [RuntimeImport("*", "fuzz_code"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong CodeAddress();
}
