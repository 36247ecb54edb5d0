// A histogram a placement, one below the other, over one logarithmic axis. Back to: StackedBars.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Xml.Linq;
using RingOS.Host.Compare;

namespace RingOS.Host.Report.Charts;

/// <summary>Draws distributions.</summary>
internal static class LatencyStrips
{
    private const double Width = 860;
    private const double Left = 110;
    private const double Right = 150;
    private const double StripHeight = 44;
    private const double BarsHeight = 30;
    private const double Bottom = 36;
    private const int MostTicks = 14;

    /// <param name="title">What the chart shows.</param>
    /// <param name="distributions">First drawn on top.</param>
    /// <param name="unit">What is distributed, and in what unit.</param>
    public static XElement Draw(string title, IReadOnlyList<LatencyDistribution> distributions, string unit = "ticks of one write()")
    {
        int first = (int)Math.Floor(Math.Log2(Math.Max(1, distributions.Min(static strip => LowOf(strip)))));
        int last = (int)Math.Ceiling(Math.Log2(distributions.Max(static strip => HighOf(strip)) + 1));
        Scale scale = new(first, Math.Max(last, first + 1));
        double bottom = distributions.Count * StripHeight;
        List<XElement> shapes = [.. Axis(scale, bottom, unit)];
        for (int row = 0; row < distributions.Count; row++)
            shapes.AddRange(Strip(distributions[row], row * StripHeight, scale));
        return Svg.Chart(Width, bottom + Bottom, title, shapes);
    }

    private static long LowOf(LatencyDistribution strip) => strip.Buckets.Select(static bucket => bucket.Low).Append(strip.Minimum).Min();

    private static long HighOf(LatencyDistribution strip)
        => strip.Buckets.Select(UpperEdge).Append(strip.Maximum).Max();

    private static IEnumerable<XElement> Axis(Scale scale, double bottom, string unit)
    {
        int step = scale.Last - scale.First > MostTicks ? 4 : 1; // long numbers need room
        for (int power = scale.First; power <= scale.Last; power += step)
        {
            double x = scale.X(Math.Pow(2, power));
            yield return Svg.Line(x, 0, x, bottom, "grid");
            yield return Svg.Text(x, bottom + 14, Math.Pow(2, power).ToString("0", CultureInfo.InvariantCulture), Svg.Axis, Anchor.Middle);
        }
        yield return Svg.Text((Left + Width - Right) / 2, bottom + 30, $"{unit}, logarithmic", Svg.Axis, Anchor.Middle);
    }

    private static IEnumerable<XElement> Strip(LatencyDistribution strip, double y, Scale scale)
    {
        double floor = y + StripHeight - 6;
        double highest = strip.Buckets.Select(static bucket => (double)bucket.Count).DefaultIfEmpty(1).Max();
        yield return Svg.Text(Left - 8, floor - 8, strip.Placement, Svg.Label, Anchor.End);
        foreach (LatencyBucket bucket in strip.Buckets)
        {
            double x = scale.X(bucket.Low);
            double height = bucket.Count / highest * BarsHeight;
            yield return Svg.Rectangle(x, floor - height, scale.X(UpperEdge(bucket)) - x, height, Palette.Plain);
        }
        yield return Svg.Line(scale.X(strip.Minimum), floor, scale.X(strip.Maximum), floor, "whisker");
        yield return Svg.Line(scale.X(strip.Median), floor - BarsHeight - 3, scale.X(strip.Median), floor + 3, "median");
        yield return Svg.Text(Width - 4, floor - 20, Figures.Whole(strip.Median), Svg.Value, Anchor.End);
        yield return Svg.Text(Width - 58, floor - 20, "median", Svg.Axis, Anchor.End);
        yield return Svg.Text(Width - 4, floor - 4, Figures.Whole(strip.P99), Svg.Value, Anchor.End);
        yield return Svg.Text(Width - 58, floor - 4, "99 %", Svg.Axis, Anchor.End);
    }

    // The guest keeps four buckets in a power of two: userland/apps/iperf/WriteLatency.cs.
    private static long UpperEdge(LatencyBucket bucket)
    {
        const int BucketsInAPower = 4;
        return bucket.Low + Math.Max(1, (long)BitOperations.RoundUpToPowerOf2((ulong)bucket.Low + 1) / 2 / BucketsInAPower);
    }

    private sealed record Scale(int First, int Last)
    {
        public double X(double value)
            => Left + ((Math.Log2(Math.Max(value, Math.Pow(2, First))) - First) / (Last - First) * (Width - Left - Right));
    }
}
