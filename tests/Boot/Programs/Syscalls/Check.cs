// What a check prints. Next: Kernel.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>Compares and counts.</summary>
internal static class Check
{
    private static readonly TextBuffer s_line = new(RingOS.User.Console.LineCapacity);

    public static int Failures { get; private set; }

    /// <summary>The call must have answered with this error.</summary>
    public static void Fails(ReadOnlySpan<byte> name, Status expected, long answer) => Equal(name, -(long)expected, answer);

    /// <summary>The same for one of several arguments.</summary>
    public static void Fails(ReadOnlySpan<byte> name, ulong argument, Status expected, long answer)
        => Compare(s_line.Clear().Append(name).Append((byte)' ').AppendHexadecimal(argument), -(long)expected, answer);

    public static void Equal(ReadOnlySpan<byte> name, long expected, long answer) => Compare(s_line.Clear().Append(name), expected, answer);

    public static void True(ReadOnlySpan<byte> name, bool isTrue) => Equal(name, 1, isTrue ? 1 : 0);

    private static void Compare(TextBuffer name, long expected, long answer)
    {
        bool isEqual = expected == answer;
        RingOS.User.Console.Write(isEqual ? "ok "u8 : "FAILED "u8);
        RingOS.User.Console.Write(name.Written);
        if (!isEqual)
        {
            s_line.Clear().Append(" expected "u8).AppendSigned(expected).Append(" got "u8).AppendSigned(answer);
            RingOS.User.Console.Write(s_line.Written);
            Failures++;
        }
        RingOS.User.Console.Write("\n"u8);
    }

    private static TextBuffer AppendHexadecimal(this TextBuffer text, ulong value)
    {
        for (int shift = 60; shift >= 0; shift -= 4)
            text.Append("0123456789abcdef"u8[(int)(value >> shift) & 15]);
        return text;
    }
}
