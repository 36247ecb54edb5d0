// Numbers as people type them, read the same way everywhere. In the guest: userland/lib/NumberParser.cs. Back to: RingOsException.cs
using System.Globalization;

namespace RingOS.Host;

/// <summary>Whole texts only: no blanks, no signs, no thousands, a point for the decimals whatever the user's language.</summary>
public static class StrictNumber
{
    private const decimal LargestRate = 1_000_000_000_000;

    /// <summary>"1470"</summary>
    public static bool TryWhole(string text, out ulong value)
        => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>"0.5"</summary>
    public static bool TryDecimal(string text, out decimal value)
        => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    /// <summary>"50m": bits a second as iperf writes them. k, m and g are powers of 1000, K, M and G of 1024; no fraction of a bit.</summary>
    public static bool TryRate(string text, out long bits)
    {
        bits = 0;
        decimal unit = text.Length == 0 ? 1 : text[^1] switch
        {
            'k' => 1_000,
            'm' => 1_000_000,
            'g' => 1_000_000_000,
            'K' => 1L << 10,
            'M' => 1L << 20,
            'G' => 1L << 30,
            _ => 1,
        };
        if (!TryDecimal(unit == 1 ? text : text[..^1], out decimal number) || number > LargestRate)
            return false;
        decimal rate = number * unit;
        if (rate > LargestRate || rate != decimal.Truncate(rate))
            return false;
        bits = (long)rate;
        return true;
    }
}
