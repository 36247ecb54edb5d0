// A share in two significant digits, as printf's %.2g. Next: FinalExchange.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>"0", "0.16", "9.1", "57"; the whole is "100", where the original prints "1e+02".</summary>
public static class LossPercentage
{
    private const int MostDecimals = 9;

    public static void Append(TextBuffer text, ulong part, ulong whole)
    {
        if (part == 0 || whole == 0)
        {
            text.Append((byte)'0');
            return;
        }
        int decimals = 0;
        ulong scaled = Scaled(part, whole, decimals);
        while (scaled < 10 && decimals < MostDecimals)
            scaled = Scaled(part, whole, ++decimals);
        for (; decimals > 0 && scaled % 10 == 0; decimals--)
            scaled /= 10;
        text.AppendFixed(scaled, decimals);
    }

    // part / whole in percent, times a power of ten, rounded.
    private static ulong Scaled(ulong part, ulong whole, int decimals)
        => (WideMath.MultiplyDivide(part, 200 * TextBuffer.PowerOfTen(decimals), whole) + 1) / 2;
}
