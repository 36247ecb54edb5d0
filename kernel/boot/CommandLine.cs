// The kernel command line: name=value words, then "--" and the program. Grammar: lib/Abi/BootProtocol.cs. Next: ProcessorWalls.cs
using System;

namespace RingOS.Kernel.Boot;

/// <summary>Finds words in the command line. Nothing is copied.</summary>
public sealed class CommandLine(byte[] text)
{
    /// <summary>The value of the first word that starts with name=, or empty.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> name) => Value(name, number: 0);

    /// <summary>The value of the word that starts with name= and has <paramref name="number"/> such words before it, or empty.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> name, int number)
    {
        int end = OptionsEnd;
        for (int start = 0; start < end; start = SkipWord(start))
        {
            int length = WordLength(start, end);
            ReadOnlySpan<byte> word = new(text, start, length);
            bool isNamed = length > name.Length && word[name.Length] == (byte)'=' && word.Slice(0, name.Length).SequenceEqual(name);
            if (isNamed && number-- == 0)
                return word.Slice(name.Length + 1);
        }
        return default;
    }

    /// <summary>The program and its arguments: everything after " -- "; empty if there is none.</summary>
    public ReadOnlySpan<byte> Program
    {
        get
        {
            int start = OptionsEnd;
            start = start < text.Length ? SkipWord(start) : start;
            return new ReadOnlySpan<byte>(text, start, text.Length - start);
        }
    }

    /// <summary>The program's name: the first word of <see cref="Program"/>.</summary>
    public ReadOnlySpan<byte> ProgramName
    {
        get
        {
            ReadOnlySpan<byte> program = Program;
            int length = 0;
            while (length < program.Length && program[length] != (byte)' ')
                length++;
            return program.Slice(0, length);
        }
    }

    // Where the lone "--" starts, or the end of the text.
    private int OptionsEnd
    {
        get
        {
            for (int start = 0; start < text.Length; start = SkipWord(start))
            {
                if (WordLength(start, text.Length) == 2 && text[start] == (byte)'-' && text[start + 1] == (byte)'-')
                    return start;
            }
            return text.Length;
        }
    }

    private int WordLength(int start, int end)
    {
        int length = 0;
        while (start + length < end && text[start + length] != (byte)' ')
            length++;
        return length;
    }

    private int SkipWord(int start)
    {
        int next = start + WordLength(start, text.Length);
        while (next < text.Length && text[next] == (byte)' ')
            next++;
        return next;
    }
}
