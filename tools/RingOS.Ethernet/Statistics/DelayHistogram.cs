// Delays in buckets a thirty-second of their size wide: percentiles within 3.2 %, mean and extremes exact. Back to: StationStatistics.cs
using System;
using System.Numerics;

namespace RingOS.Ethernet;

/// <summary>A distribution of times from 0; allocates nothing after construction.</summary>
public sealed class DelayHistogram
{
    private const int FineBits = 5;
    private const int Fine = 1 << FineBits;
    private readonly long[] _buckets = new long[(64 - FineBits) * Fine];
    private Int128 _sum;

    public long Count { get; private set; }

    /// <summary>0 if there is none.</summary>
    public long Maximum { get; private set; }

    /// <summary>0 if there is none.</summary>
    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public void Add(long delay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        _buckets[BucketOf(delay)]++;
        _sum += delay;
        Count++;
        Maximum = Math.Max(Maximum, delay);
    }

    /// <summary>Adds all of another's.</summary>
    public void Add(DelayHistogram other)
    {
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
            _buckets[bucket] += other._buckets[bucket];
        _sum += other._sum;
        Count += other.Count;
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    /// <summary>What at least this share of the delays does not exceed: the upper edge of a bucket. 0 if there is none.</summary>
    /// <param name="share">0 to 1: .99 for p99.</param>
    public long Percentile(double share)
    {
        long wanted = Math.Max(1, (long)Math.Ceiling(Math.Clamp(share, 0, 1) * Count));
        long seen = 0;
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= wanted)
                return Math.Min(HighestOf(bucket), Maximum);
        }
        return Maximum;
    }

    // Below 32 a bucket each; from there 32 buckets for every doubling.
    private static int BucketOf(long delay)
    {
        int doubling = Math.Max(0, BitOperations.Log2((ulong)delay) - FineBits);
        return (doubling << FineBits) + (int)(delay >> doubling);
    }

    private static long HighestOf(int bucket)
    {
        int doubling = Math.Max(0, (bucket >> FineBits) - 1);
        long lowest = (long)(bucket - (doubling << FineBits)) << doubling;
        return lowest + ((1L << doubling) - 1);
    }
}
