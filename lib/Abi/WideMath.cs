// Products wider than a register. Every conversion of time goes through here or says why its product fits. Next: TickTime.cs
namespace RingOS.Abi;

/// <summary>
/// Integer arithmetic with 128-bit intermediate results; what does not fit becomes <see cref="ulong.MaxValue"/>. A quotient whose
/// product needs more than 64 bits takes about 500 instructions: not for loops over datagrams.
/// </summary>
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

    /// <summary>left * right / 2^32, rounded down; <see cref="ulong.MaxValue"/> if that does not fit. No division.</summary>
    public static ulong MultiplyShift32(ulong left, ulong right)
    {
        ulong high = MultiplyHigh(left, right);
        return high >> 32 != 0 ? ulong.MaxValue : (high << 32) | ((left * right) >> 32);
    }

    /// <summary>left + right; <see cref="ulong.MaxValue"/> if that does not fit.</summary>
    public static ulong Add(ulong left, ulong right) => left <= ulong.MaxValue - right ? left + right : ulong.MaxValue;

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
