// What a program prints: collected to whole lines, one write() each. Next: Arguments.cs
using System;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>Standard output. A line reaches the kernel when it is complete or <see cref="LineCapacity"/> bytes long.</summary>
public static class Console
{
    public const int LineCapacity = 1024;

    private static readonly TextBuffer s_line = new(LineCapacity);

    public static void Write(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            s_line.Append(text[i]);
            if (text[i] == (byte)'\n' || s_line.Length == LineCapacity)
                Flush();
        }
    }

    public static void Write(ulong value)
    {
        if (s_line.Length > LineCapacity - 20)
            Flush();
        s_line.Append(value);
    }

    public static void WriteLine(ReadOnlySpan<byte> text)
    {
        Write(text);
        Write("\n"u8);
    }

    /// <summary>The text and a new line.</summary>
    public static void WriteLine(TextBuffer text) => WriteLine(text.Written);

    /// <summary>Sends what has been collected. A program that ends in the middle of a line calls it.</summary>
    public static void Flush()
    {
        ReadOnlySpan<byte> rest = s_line.Written;
        while (rest.Length > 0)
        {
            long written = Syscall.Write(WellKnownHandle.StandardOutput, rest);
            if (written <= 0)
                break; // nowhere to print: nothing to be done, and nobody to tell
            rest = rest.Slice((int)Math.Min(written, rest.Length));
        }
        s_line.Clear();
    }
}
