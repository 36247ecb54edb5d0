// All registers after an entry into the kernel, and whose words are in them. Layout: Look.asm (F_...). Next: Onlooker.cs
using System;
using System.Runtime.InteropServices;

namespace RingOS.Test.Onlooker;

/// <summary>704 bytes, 16-aligned.</summary>
/// <remarks>
/// A register may hold what its owner left there, or, if it does not survive a call, nothing; only the words of a message are somebody
/// else's. A verdict is 0 if that is so, and otherwise says which register it is not so for.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Found
{
    public const int Size = 704;

    private const ulong ControlFlags = 0x4_7500 & ~(1ul << 9); // AC, NT, IOPL, DF, TF
    private const ulong ArithmeticFlags = 0x8D5;
    private const ushort OwnControlWord = 0x0F7F;
    private const ushort CleanControlWord = 0x037F;
    private const uint OwnMxcsr = 0x7F80;
    private const uint CleanMxcsr = 0x1F80;
    private const int Registers = 16; // of SSE

    private static ReadOnlySpan<byte> Clobbered => [5, 4, 3, 10, 8, 9]; // rdi rsi rdx r10 r8 r9

    public fixed ulong General[16];
    public ulong Flags;
    public ulong FlagsBefore;
    public fixed ushort Segments[6];
    private readonly uint _unused;
    public ulong Back;
    public ulong ChangedStackWords;
    public ulong StackPointer;
    private readonly ulong _unusedToo;
    public fixed ulong Extended[64];

    /// <summary>Which register holds what it should not: its number in <see cref="General"/> plus 1, 20 flags, 21 stack, 30 on segments, 40 on x87, 60 on SSE.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="words">What a message may have brought: rdi, rsi, rdx, r10, r8; null if it was no message.</param>
    public ulong Verdict(in Request request, ulong* words)
    {
        ulong wrong = VerdictOnGeneral(request, words);
        if (wrong == 0 && !HasItsFlags(request))
            wrong = 20;
        if (wrong == 0 && ChangedStackWords != 0)
            wrong = 21;
        for (int i = 0; i < 4 && wrong == 0; i++)
            wrong = Segments[i] == 0 || Segments[i] == request.Segment ? 0 : 30 + (ulong)i;
        return wrong != 0 ? wrong : VerdictOnExtended(request.Own);
    }

    private ulong VerdictOnGeneral(in Request request, ulong* words)
    {
        if (General[6] != request.Own + 6 || General[7] != StackPointer)
            return General[7] != StackPointer ? 8ul : 7;
        for (ulong i = 12; i < 16; i++)
        {
            if (General[i] != request.Own + i)
                return i + 1;
        }
        if (General[2] != 0 && General[2] != Back)
            return 3;
        if (General[11] != 0 && General[11] != FlagsBefore)
            return 12;
        ulong* answer = stackalloc ulong[6];
        for (int i = 0; i < 5; i++)
            answer[i] = words == null ? 0 : words[i];
        answer[5] = 0; // r9
        for (int i = 0; i < Clobbered.Length; i++)
        {
            if (General[Clobbered[i]] != answer[i])
                return Clobbered[i] + 1ul;
        }
        return 0;
    }

    // A gate, and ring 1 with keys, give back flags of no meaning; but never some of another's.
    private readonly bool HasItsFlags(in Request request)
        => (Flags & ControlFlags) == (FlagsBefore & ControlFlags)
            && (request.Way == Way.Gate || (Segments[4] & 3) == 1 || (Flags & ArithmeticFlags) == (FlagsBefore & ArithmeticFlags));

    private ulong VerdictOnExtended(ulong own)
    {
        fixed (ulong* words = Extended)
        {
            ushort control = *(ushort*)words;
            uint mxcsr = *(uint*)((byte*)words + 24);
            bool isOwn = control == OwnControlWord && mxcsr == OwnMxcsr;
            if (!isOwn && (control != CleanControlWord || mxcsr != CleanMxcsr))
                return control is OwnControlWord or CleanControlWord ? 41ul : 40;
            if (!isOwn && (words[4] | words[5]) != 0)
                return 42; // st0
            for (int i = 2; i < 16; i++)
            {
                if (words[4 + i] != 0)
                    return 42; // st1 to st7
            }
            for (ulong i = 0; i < 2 * Registers; i++)
            {
                if (words[20 + i] != (isOwn ? own + 16 + (i / 2) : 0))
                    return 60 + (i / 2);
            }
        }
        return 0;
    }
}
