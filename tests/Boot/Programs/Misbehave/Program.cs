// misbehave ACT: does one thing that a program must not do. What should come of it: tests/Boot/ProgramFaultTests.cs. Next: Acts.asm
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.User;

namespace RingOS.Test.Misbehave;

internal static unsafe class Program
{
    private const int NothingHappened = 1;
    private const int NoSuchAct = 2;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        ReadOnlySpan<byte> act = Act.Chosen(arguments);
        if (act.SequenceEqual("exit"u8))
            return ExitCode(arguments[2]);
        if (act.SequenceEqual("in-port"u8))
            return Ports.In8((ushort)ExitCode(arguments[2]));
        if (act.SequenceEqual("recursion"u8))
            return (int)Deeper(1);
        if (act.SequenceEqual("null-object"u8))
            return Nobody()!.Length;
        return Perform(act);
    }

    // "-1" and the like: what a program may pass to exit().
    private static int ExitCode(ReadOnlySpan<byte> text)
    {
        bool isNegative = text.Length > 0 && text[0] == (byte)'-';
        _ = NumberParser.TryWhole(isNegative ? text.Slice(1) : text, out ulong value); // the test writes numbers
        return isNegative ? -(int)value : (int)value;
    }

    private static int Perform(ReadOnlySpan<byte> act)
    {
        byte[] heap = new byte[64];
        for (Entry* entry = Table(); entry->Name != null; entry++) // SAFETY: the table ends with a null name.
        {
            if (!IsNamed(entry, act))
                continue;
            entry->Routine((ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(new Span<byte>(heap))));
            RingOS.User.Console.Write("nothing stopped "u8);
            RingOS.User.Console.WriteLine(act);
            return NothingHappened;
        }
        RingOS.User.Console.WriteLine("no such act"u8);
        return NoSuchAct;
    }

    private static bool IsNamed(Entry* entry, ReadOnlySpan<byte> act)
    {
        int length = 0;
        while (entry->Name[length] != 0) // SAFETY: names end with NUL.
            length++;
        return act.SequenceEqual(new ReadOnlySpan<byte>(entry->Name, length));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Deeper(ulong depth) => depth == 0 ? 0 : Deeper(depth + 1) + depth;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? Nobody() => null;

    [RuntimeImport("*", "act_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Entry* Table();

    // A line of act_table.
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public byte* Name;
        public delegate*<ulong, void> Routine;
    }
}
