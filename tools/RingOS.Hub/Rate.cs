// "50m": a rate as iperf writes it. Back to: HubOptions.cs
using System.Globalization;
using RingOS.Host;

namespace RingOS.Hub;

/// <summary>Bits a second.</summary>
public static class Rate
{
    /// <exception cref="RingOsException">It is none.</exception>
    public static long Parse(string text)
    {
        long unit = text.Length == 0 ? 1 : char.ToLowerInvariant(text[^1]) switch
        {
            'k' => 1_000,
            'm' => 1_000_000,
            'g' => 1_000_000_000,
            _ => 1,
        };
        string digits = unit == 1 ? text : text[..^1];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number <= 1_000_000_000
            ? (long)(number * unit)
            : throw new RingOsException($"--rate {text}: give bits a second, as in 50m, 500k or 0 for as fast as the kernel takes it", exitCode: 2);
    }

    /// <summary>The shortest way to write it.</summary>
    public static string Format(long rate)
        => rate != 0 && rate % 1_000_000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1_000_000}m")
            : rate.ToString(CultureInfo.InvariantCulture);
}
