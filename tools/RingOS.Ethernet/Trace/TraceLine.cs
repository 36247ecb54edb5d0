// Words and numbers with a blank between, in a buffer that is used again. Back to: MediumTrace.cs
using System;
using System.Buffers.Text;

namespace RingOS.Ethernet;

/// <summary>Builds one line of text.</summary>
internal sealed class TraceLine
{
    private const int MostBytes = 512;
    private readonly byte[] _text = new byte[MostBytes];
    private int _length;

    public TraceLine Clear()
    {
        _length = 0;
        return this;
    }

    public TraceLine Word(ReadOnlySpan<byte> word)
    {
        Separate();
        word.CopyTo(_text.AsSpan(_length));
        _length += word.Length;
        return this;
    }

    public TraceLine Number(long number)
    {
        Separate();
        _ = Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out int written);
        _length += written;
        return this;
    }

    public TraceLine Hexadecimal(ulong number)
    {
        Separate();
        _ = Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out int written, new System.Buffers.StandardFormat('x', 16));
        _length += written;
        return this;
    }

    /// <summary>The line with its line feed, until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        _text[_length] = (byte)'\n';
        return _text.AsSpan(0, _length + 1);
    }

    private void Separate()
    {
        if (_length > 0)
            _text[_length++] = (byte)' ';
    }
}
