// "50m": a rate as iperf writes it. Back to: HubOptions.cs
using System.Globalization;
using RingOS.Host;

namespace RingOS.Hub;

/// <summary>Bits a second.</summary>
public static class Rate
{
    /// <summary>As <see cref="StrictNumber.TryRate"/>: what iperf's -b means by the same letters.</summary>
    /// <exception cref="RingOsException">It is none.</exception>
    public static long Parse(string text)
        => StrictNumber.TryRate(text, out long bits)
            ? bits
            : throw new RingOsException($"--rate {text}: give bits a second as iperf's -b does, as in 50m, 500k, or 0 for as fast as the kernel takes it", exitCode: 2);

    /// <summary>The shortest way to write it.</summary>
    public static string Format(long rate)
        => rate != 0 && rate % 1_000_000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{rate / 1_000_000}m")
            : rate.ToString(CultureInfo.InvariantCulture);
}
