// The words a program was started with. Next: NumberParser.cs
using System;

namespace RingOS.User;

/// <summary>Arguments as ASCII text; number 0 is the program's name.</summary>
public sealed class Arguments
{
    private readonly byte[] _text;
    private readonly int[] _starts;

    /// <param name="text">NUL-terminated strings one after the other; copied.</param>
    /// <param name="count">How many of them; fewer are there if the text ends before.</param>
    public Arguments(ReadOnlySpan<byte> text, int count)
    {
        _text = new byte[text.Length];
        text.CopyTo(_text);
        _starts = new int[count + 1];
        for (int position = 0; Count < count && position < text.Length; position++)
        {
            if (text[position] == 0)
                _starts[++Count] = position + 1;
        }
    }

    public int Count { get; private set; }

    /// <summary>An argument, without its NUL; empty beyond the last.</summary>
    public ReadOnlySpan<byte> this[int index] => (uint)index < (uint)Count
        ? new ReadOnlySpan<byte>(_text, _starts[index], _starts[index + 1] - _starts[index] - 1)
        : default;
}
