// Text built in place: no strings are made, because nothing is ever freed. Next: AdaptiveUnit.cs
using System;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>A fixed buffer of ASCII text; what does not fit is cut off. Append methods return it, so that a line reads as one.</summary>
public sealed class TextBuffer(int capacity)
{
    private const int MaximumDigits = 20;

    private readonly byte[] _bytes = new byte[capacity];
    private int _length;

    public int Length => _length;

    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> Written => new(_bytes, 0, _length);

    public TextBuffer Clear()
    {
        _length = 0;
        return this;
    }

    public TextBuffer Append(byte character)
    {
        if (_length < _bytes.Length)
            _bytes[_length++] = character;
        return this;
    }

    public TextBuffer Append(ReadOnlySpan<byte> text)
    {
        int room = _bytes.Length - _length;
        int count = text.Length < room ? text.Length : room;
        for (int i = 0; i < count; i++)
            _bytes[_length + i] = text[i];
        _length += count;
        return this;
    }

    /// <summary>A decimal number, padded on the left with blanks to <paramref name="width"/> characters.</summary>
    public TextBuffer Append(ulong value, int width = 0) => AppendFixed(value, 0, width);

    /// <summary>A decimal number with a sign if it is negative.</summary>
    public TextBuffer AppendSigned(long value)
    {
        if (value >= 0)
            return Append((ulong)value);
        return Append((byte)'-').Append(0 - (ulong)value);
    }

    /// <summary>A decimal number padded on the left with zeros.</summary>
    public TextBuffer AppendZeroPadded(ulong value, int digits)
    {
        for (int count = CountDigits(value); count < digits; count++)
            Append((byte)'0');
        return Append(value);
    }

    /// <summary>A fixed-point number: 1503 with 3 decimals is "1.503".</summary>
    /// <param name="value">In units of the last decimal.</param>
    /// <param name="decimals">0 to 18.</param>
    /// <param name="width">Padded on the left with blanks to this many characters.</param>
    public TextBuffer AppendFixed(ulong value, int decimals, int width = 0)
    {
        int digits = Math.Max(CountDigits(value), decimals + 1);
        for (int length = decimals == 0 ? digits : digits + 1; length < width; length++)
            Append((byte)' ');
        ulong divisor = PowerOfTen(digits - 1);
        for (int position = digits - 1; position >= 0; position--, divisor /= 10)
        {
            Append((byte)('0' + value / divisor % 10));
            if (position == decimals && decimals != 0)
                Append((byte)'.');
        }
        return this;
    }

    /// <summary>An IPv4 address in host order, as "10.0.2.2".</summary>
    public TextBuffer AppendAddress(uint address)
    {
        for (int shift = 24; shift > 0; shift -= 8)
            Append((ulong)(byte)(address >> shift)).Append((byte)'.');
        return Append((ulong)(byte)address);
    }

    /// <summary>The words for a failure.</summary>
    public TextBuffer AppendError(Status status) => Append(Errno.Describe(status));

    /// <summary>10 to the power of 0 to 19.</summary>
    public static ulong PowerOfTen(int exponent)
    {
        ulong power = 1;
        for (; exponent > 0; exponent--)
            power *= 10;
        return power;
    }

    private static int CountDigits(ulong value)
    {
        int digits = 1;
        for (; value >= 10 && digits < MaximumDigits; value /= 10)
            digits++;
        return digits;
    }
}
