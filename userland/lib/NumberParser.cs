// Numbers and addresses as people type them. Next: Errno.cs
using System;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>Parses whole texts: anything left over, overflow or an empty text is a failure.</summary>
public static class NumberParser
{
    private const int MaximumDecimals = 9;

    /// <summary>A decimal whole number.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out ulong value) => TryFixed(text, 0, out value);

    /// <summary>"1.5" with 3 decimals is 1500; further decimals are cut off, at most 9 are kept. What is not 0 never becomes 0.</summary>
    public static bool TryFixed(ReadOnlySpan<byte> text, int decimals, out ulong value)
    {
        value = 0;
        int missing = Math.Min(decimals, MaximumDecimals);
        int digits = 0;
        bool afterPoint = false;
        bool isZero = true;
        foreach (byte character in text)
        {
            if (character == (byte)'.' && !afterPoint && decimals > 0)
            {
                afterPoint = true;
                continue;
            }
            if (character < (byte)'0' || character > (byte)'9')
                return false;
            digits++;
            isZero &= character == (byte)'0';
            if (afterPoint && missing == 0)
                continue;
            if (!TryAppendDigit(ref value, character))
                return false;
            if (afterPoint)
                missing--;
        }
        for (; missing > 0; missing--)
        {
            if (!TryAppendDigit(ref value, (byte)'0'))
                return false;
        }
        return digits > 0 && (value != 0 || isZero);
    }

    /// <summary>A number with an optional suffix: k, m, g are powers of 1000, K, M, G powers of 1024. "1.5m" is 1500000.</summary>
    public static bool TryWithSuffix(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        if (text.Length == 0)
            return false;
        ulong factor = SuffixFactor(text[text.Length - 1]);
        if (factor != 1)
            text = text.Slice(0, text.Length - 1);
        if (!TryFixed(text, MaximumDecimals, out ulong billionths))
            return false;
        value = WideMath.MultiplyDivide(billionths, factor, TextBuffer.PowerOfTen(MaximumDecimals));
        return value != ulong.MaxValue && (value != 0 || billionths == 0);
    }

    /// <summary>"10.0.2.2" as 0x0A000202.</summary>
    public static bool TryAddress(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        int start = 0;
        for (int part = 0; part < 4; part++)
        {
            int end = start;
            while (end < text.Length && text[end] != (byte)'.')
                end++;
            bool isLast = part == 3;
            if (isLast != (end == text.Length) || end - start > 3)
                return false;
            if (!TryWhole(text.Slice(start, end - start), out ulong value) || value > 255)
                return false;
            address = (address << 8) | (uint)value;
            start = end + 1;
        }
        return true;
    }

    private static ulong SuffixFactor(byte suffix) => suffix switch
    {
        (byte)'k' => 1000,
        (byte)'m' => 1000 * 1000,
        (byte)'g' => 1000 * 1000 * 1000,
        (byte)'K' => 1024,
        (byte)'M' => 1024 * 1024,
        (byte)'G' => 1024 * 1024 * 1024,
        _ => 1,
    };

    private static bool TryAppendDigit(ref ulong value, byte digit)
    {
        ulong next = (uint)(digit - '0');
        if (value > (ulong.MaxValue - next) / 10)
            return false;
        value = value * 10 + next;
        return true;
    }
}
