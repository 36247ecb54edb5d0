// Products wider than a register, for set-up code. Next: AdaptiveUnit.cs
namespace RingOS.User;

/// <summary>Integer arithmetic with 128-bit intermediate results. Slow: never in a loop over datagrams.</summary>
public static class WideMath
{
    /// <summary>left * right / divisor, rounded down; <see cref="ulong.MaxValue"/> if that does not fit or the divisor is 0.</summary>
    public static ulong MultiplyDivide(ulong left, ulong right, ulong divisor)
    {
        ulong high = MultiplyHigh(left, right);
        ulong low = left * right;
        if (high >= divisor)
            return ulong.MaxValue;
        return high == 0 ? low / divisor : Divide(high, low, divisor);
    }

    /// <summary>Bits 127:64 of left * right.</summary>
    public static ulong MultiplyHigh(ulong left, ulong right)
    {
        ulong leftLow = (uint)left;
        ulong leftHigh = left >> 32;
        ulong rightLow = (uint)right;
        ulong rightHigh = right >> 32;
        ulong middle = leftHigh * rightLow + ((leftLow * rightLow) >> 32);
        ulong cross = leftLow * rightHigh + (uint)middle;
        return leftHigh * rightHigh + (middle >> 32) + (cross >> 32);
    }

    // Long division, a bit at a time; remainder stays below the divisor, so the quotient fits.
    private static ulong Divide(ulong remainder, ulong low, ulong divisor)
    {
        ulong quotient = 0;
        for (int bit = 63; bit >= 0; bit--)
        {
            bool carry = (long)remainder < 0;
            remainder = (remainder << 1) | ((low >> bit) & 1);
            quotient <<= 1;
            if (carry || remainder >= divisor)
            {
                remainder -= divisor;
                quotient |= 1;
            }
        }
        return quotient;
    }
}
