// syscall, int 0x80 and a call gate: the same request must have the same answer, whatever flags the caller has set. Next: WaysIn.asm
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Abi;

namespace RingOS.Test.Attacker;

/// <summary>The three ways into the kernel, by hand.</summary>
internal static unsafe class WaysIn
{
    private const int Ways = 3;
    private const int Requests = 4;
    private const ulong Unknown = 1000;
    private const ulong Times = 20_000;

    private static ReadOnlySpan<byte> Line => "written through a way in\n"u8;

    /// <summary>The answers to four requests by each way in turn: null(), write(), and two numbers of no syscall.</summary>
    /// <param name="answers">Room for twelve.</param>
    /// <param name="flags">RFLAGS to be set before each request.</param>
    public static void Compare(Span<ulong> answers, ulong flags)
    {
        ulong line = (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Line));
        for (int way = 0; way < Ways; way++)
        {
            Span<ulong> own = answers.Slice(way * Requests);
            own[0] = Enter((ulong)way, (ulong)SyscallNumber.Null, 0, 0, 0, flags);
            own[1] = Enter((ulong)way, (ulong)SyscallNumber.Write, WellKnownHandle.StandardOutput, line, (ulong)Line.Length, flags);
            own[2] = Enter((ulong)way, Unknown, 0, 0, 0, flags);
            own[3] = Enter((ulong)way, ulong.MaxValue, 0, 0, 0, flags);
        }
    }

    /// <summary>null() by one way, over and over, so that interrupts come everywhere in it. Returns how many answers were wrong.</summary>
    public static ulong Repeat(ulong way)
    {
        ulong wrong = 0;
        for (ulong turn = 0; turn < Times; turn++)
            wrong += Enter(way, (ulong)SyscallNumber.Null, 0, 0, 0, 0) == 0 ? 0ul : 1;
        return wrong;
    }

    [RuntimeImport("*", "ways_in_enter"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong Enter(ulong way, ulong number, ulong first, ulong second, ulong third, ulong flags);
}
