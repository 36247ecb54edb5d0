// Bit times and nanoseconds: 100 ns a bit at 10 Mb/s, 10 ns at 100 Mb/s, so both ways are exact integers. Next: Medium.cs
using System;

namespace RingOS.Ethernet;

/// <summary>Converts simulated time.</summary>
public readonly record struct BitClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <exception cref="ArgumentException">A bit does not take whole nanoseconds.</exception>
    public BitClock(long bitsPerSecond)
    {
        if (bitsPerSecond <= 0 || NanosecondsPerSecond % bitsPerSecond != 0)
            throw new ArgumentException($"a bit at {bitsPerSecond} bit/s does not take whole nanoseconds");
        BitsPerSecond = bitsPerSecond;
    }

    public long BitsPerSecond { get; }

    public long NanosecondsPerBit => NanosecondsPerSecond / BitsPerSecond;

    /// <summary>Exact.</summary>
    /// <exception cref="OverflowException">Beyond 292 years.</exception>
    public long ToNanoseconds(long bits) => checked(bits * NanosecondsPerBit);

    /// <summary>The last bit time that has begun at <paramref name="nanoseconds"/>.</summary>
    public long ToBits(long nanoseconds) => Math.DivRem(nanoseconds, NanosecondsPerBit, out long rest) - (rest < 0 ? 1 : 0);

    /// <summary>The first bit time that begins at <paramref name="nanoseconds"/> or later: when a NIC can act.</summary>
    public long ToBitsRoundedUp(long nanoseconds) => -ToBits(-nanoseconds);

    public double ToSeconds(long bits) => bits / (double)BitsPerSecond;
}
