// Amounts the way iperf prints them: four places, the unit that fits. iperf 2.1.8, compat/stdio.c. Next: BigEndian.cs
using System;

namespace RingOS.User;

/// <summary>"1.44 KBytes", " 307 KBytes", "5.03 Mbits": bytes in steps of 1024, bits in steps of 1000.</summary>
public static class AdaptiveUnit
{
    private const int LargestPrefix = 4; // tera
    private const ulong LargestValue = 1_000_000_000_000_000; // so that the products below fit 64 bits

    /// <summary>An amount of bytes: "Bytes" to "TBytes".</summary>
    public static TextBuffer AppendBytes(TextBuffer text, ulong bytes) => Append(text, bytes, 1, 1024).Append("Bytes"u8);

    /// <summary>An amount of bits, given in thousandths: "bits" to "Tbits".</summary>
    public static TextBuffer AppendBits(TextBuffer text, ulong thousandths) => Append(text, thousandths, 1000, 1000).Append("bits"u8);

    // The amount is value / scale; thresholds and decimals as the original, rounding half to even as its printf.
    private static TextBuffer Append(TextBuffer text, ulong value, ulong scale, ulong step)
    {
        value = Math.Min(value, LargestValue);
        int prefix = 0;
        for (; prefix < LargestPrefix && value >= step * scale; prefix++)
            scale *= step;
        int decimals = DecimalsOf(value, scale);
        text.AppendFixed(RoundedQuotient(value * TextBuffer.PowerOfTen(decimals), scale), decimals, 4).Append((byte)' ');
        return prefix == 0 ? text : text.Append(PrefixLetter(prefix));
    }

    private static int DecimalsOf(ulong value, ulong scale)
    {
        if (value * 10_000 < 9995 * scale)
            return 3;
        if (value * 1000 < 9995 * scale)
            return 2;
        return value * 100 < 9995 * scale ? 1 : 0;
    }

    private static ulong RoundedQuotient(ulong dividend, ulong divisor)
    {
        ulong quotient = dividend / divisor;
        ulong twice = dividend % divisor * 2;
        bool up = twice > divisor || (twice == divisor && (quotient & 1) != 0);
        return up ? quotient + 1 : quotient;
    }

    private static byte PrefixLetter(int prefix) => prefix switch
    {
        1 => (byte)'K',
        2 => (byte)'M',
        3 => (byte)'G',
        _ => (byte)'T',
    };
}
