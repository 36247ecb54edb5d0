// Calls that a compiler would not make. Next: OddCalls.asm
using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace RingOS.Test.Syscalls;

/// <summary>The routines of OddCalls.asm.</summary>
internal static unsafe class OddCalls
{
    /// <summary>Where this program's code is.</summary>
    public static ulong Code => CodeAddress();

    /// <summary>Own memory by its address. SAFETY: the caller's own heap, mapped for good.</summary>
    public static Span<byte> Bytes(ulong address, int length) => new((byte*)address, length);

    [RuntimeImport("*", "call_with_rax"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long WithNumber(ulong number);

    [RuntimeImport("*", "call_backwards"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long Backwards(ulong number, long first, ulong second, ulong third);

    [RuntimeImport("*", "call_with_stack"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern long WithStack(ulong stack);

    [RuntimeImport("*", "call_and_look"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong AndLook(ulong number, long first, ulong second, ulong third);

    [RuntimeImport("*", "code_address"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong CodeAddress();
}
