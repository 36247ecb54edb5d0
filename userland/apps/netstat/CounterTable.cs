// A table of two columns: "  Frames sent            1234". Back to: NetstatCommand.cs
using System;
using RingOS.User;
using Console = RingOS.User.Console;

namespace RingOS.Netstat;

/// <summary>Prints a heading when it is made, and a line for every counter.</summary>
public sealed class CounterTable
{
    private const int NameColumn = 2;
    private const int ValueEnd = 48; // values end here, so that 20 digits fit

    private readonly TextBuffer _line = new(80);
    private readonly TextBuffer _digits = new(20);

    public CounterTable(ReadOnlySpan<byte> heading) => Console.WriteLine(heading);

    /// <param name="name">In the manner of C#: "FramesSent" is printed as "Frames sent".</param>
    /// <param name="value">Right-aligned.</param>
    public void Print(ReadOnlySpan<byte> name, ulong value)
    {
        _line.Clear();
        PadTo(NameColumn);
        AppendWords(name);
        PadTo(ValueEnd - _digits.Clear().Append(value).Length);
        Console.WriteLine(_line.Append(_digits.Written));
    }

    private void AppendWords(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            bool isNext = i > 0 && name[i] is >= (byte)'A' and <= (byte)'Z';
            if (isNext)
                _line.Append((byte)' ').Append((byte)(name[i] | 0x20));
            else
                _line.Append(name[i]);
        }
    }

    private void PadTo(int column)
    {
        while (_line.Length < column)
            _line.Append((byte)' ');
    }
}
