// The words after "--" on the kernel command line, as a program gets them. Next: ServiceGrant.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Loader;

/// <summary>Arguments of a program: NUL-terminated strings one after the other, the program's name first.</summary>
public sealed class ProgramArguments
{
    /// <summary>Bytes that fit into the start-up page, NULs included.</summary>
    public const int MaximumLength = (int)Page.Size - StartupBlock.ArgumentsOffset;

    private readonly byte[] _bytes;

    private ProgramArguments(byte[] bytes, int length, int count)
    {
        _bytes = bytes;
        Length = length;
        Count = count;
    }

    /// <summary>Words.</summary>
    public int Count { get; }

    /// <summary>Bytes of all words, each with its NUL.</summary>
    public int Length { get; }

    public ReadOnlySpan<byte> Bytes => new ReadOnlySpan<byte>(_bytes).Slice(0, Length);

    /// <summary>Splits text at blanks, without quoting. InvalidArgument if it is too long or contains a NUL.</summary>
    public static Status Parse(ReadOnlySpan<byte> text, out ProgramArguments? arguments)
    {
        arguments = null;
        byte[] bytes = new byte[MaximumLength];
        int length = 0;
        int count = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == 0)
                return Status.InvalidArgument;
            if (text[i] == ' ')
                continue;
            bool isLastOfWord = i + 1 == text.Length || text[i + 1] == ' ';
            if (length + (isLastOfWord ? 2 : 1) > MaximumLength)
                return Status.InvalidArgument;
            bytes[length++] = text[i];
            if (!isLastOfWord)
                continue;
            bytes[length++] = 0;
            count++;
        }

        arguments = new ProgramArguments(bytes, length, count);
        return Status.Ok;
    }

    /// <summary>The first word; empty if there is none.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            int length = 0;
            while (length < Length && _bytes[length] != 0)
                length++;
            return new ReadOnlySpan<byte>(_bytes).Slice(0, length);
        }
    }
}
