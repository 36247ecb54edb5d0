// How long writes took: a histogram fine enough for percentiles. The buckets are those of HdrHistogram. Next: WriteFailures.cs
using System;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Durations in ticks. Below 4096 ticks every value has a bucket of its own, above that one of 1/2048 of its size or less.</summary>
public sealed class WriteLatency
{
    private const int FineBits = 11;
    private const ulong Fine = 1ul << FineBits; // buckets in a power of two
    private const ulong LargestKept = (1ul << 40) - 1; // longer ones count as this: 18 minutes at a gigahertz
    private const int Buckets = (int)((40 - FineBits) * (int)Fine + (int)Fine);
    private const int CoarseBits = 2; // the printed histogram: four buckets in a power of two
    private const int LongestText = 2048;
    private const int LongestEntry = 32;

    private readonly uint[] _buckets = new uint[Buckets];

    public ulong Count { get; private set; }

    public ulong Minimum { get; private set; } = ulong.MaxValue;

    public ulong Maximum { get; private set; }

    public void Add(ulong ticks)
    {
        Count++;
        Minimum = Math.Min(Minimum, ticks);
        Maximum = Math.Max(Maximum, ticks);
        _buckets[BucketOf(Math.Min(ticks, LargestKept))]++;
    }

    /// <summary>The least duration that so many percent of all reached or stayed below: 50 is the median. 0 if there is none.</summary>
    public ulong Percentile(uint percent)
    {
        ulong rank = (Count * percent + 99) / 100;
        ulong seen = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= rank && seen != 0)
                return LowOf(bucket);
        }
        return 0;
    }

    /// <summary>"512:3,640:9997": the low end of every bucket that is not empty, and how many it holds; four buckets in a power of two.</summary>
    public void AppendHistogram(TextBuffer text)
    {
        ulong low = 0;
        ulong count = 0;
        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            if (_buckets[bucket] == 0)
                continue;
            ulong coarse = CoarseLow(LowOf(bucket));
            if (coarse != low)
            {
                AppendEntry(text, low, count);
                count = 0;
            }
            low = coarse;
            count += _buckets[bucket];
        }
        AppendEntry(text, low, count);
    }

    /// <summary>Prints the event.</summary>
    public void Print()
    {
        TextBuffer histogram = new(LongestText);
        AppendHistogram(histogram);
        new EventLine()
            .Begin(Clock.WallNanoseconds, "iperf latency: median {Median}, 99 % within {P99} ticks of {Count} writes"u8)
            .Add("Count"u8, Count)
            .Add("Minimum"u8, Count == 0 ? 0 : Minimum)
            .Add("Median"u8, Percentile(50))
            .Add("P99"u8, Percentile(99))
            .Add("Maximum"u8, Maximum)
            .Add("Histogram"u8, histogram.Written)
            .End();
    }

    private static void AppendEntry(TextBuffer text, ulong low, ulong count)
    {
        if (count == 0 || text.Capacity - text.Length < LongestEntry)
            return;
        if (text.Length != 0)
            text.Append((byte)',');
        text.Append(low).Append((byte)':').Append(count);
    }

    // Power of two number n, counted from 2 * Fine, starts at bucket (n + 1) * Fine; all before it is one to one.
    private static int BucketOf(ulong ticks)
    {
        int shift = 0;
        while (ticks >> shift >= 2 * Fine)
            shift++;
        return (int)(((ulong)shift << FineBits) + (ticks >> shift));
    }

    private static ulong LowOf(int bucket)
    {
        int shift = Math.Max((bucket >> FineBits) - 1, 0);
        return ((ulong)bucket - ((ulong)shift << FineBits)) << shift;
    }

    private static ulong CoarseLow(ulong ticks)
    {
        int shift = 0;
        while (ticks >> shift >= 2ul << CoarseBits)
            shift++;
        return (ticks >> shift) << shift;
    }
}
