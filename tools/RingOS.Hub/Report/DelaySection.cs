// How long frames waited for the wire. Next: LoadSection.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Xml.Linq;
using RingOS.Host.Compare;
using RingOS.Host.Report;
using RingOS.Host.Report.Charts;
using TransmitOutcome = RingOS.Ethernet.TransmitOutcome;

namespace RingOS.Hub.Report;

/// <summary>Draws each host's distribution of access delays.</summary>
internal static class DelaySection
{
    private const int BucketsInAPower = 4; // as LatencyStrips draws them

    public static IEnumerable<XElement> Write(HubResult result)
    {
        yield return Html.Heading("How long a frame waits for the wire", "delay");
        yield return Html.Paragraph("Each strip is a histogram over the frames that a host sent, from the NIC's offer to the attempt that got through; the axis is "
            + $"logarithmic in bit times ({result.Clock.NanosecondsPerBit} ns), a wait of 0 stands at 1. The thick mark is the median, the thin line runs from the "
            + "shortest to the longest. Frames that were lost are not in it, though they waited longest.");
        List<LatencyDistribution> strips = [.. result.Hosts.Select(host => StripOf(result, host.Number)).OfType<LatencyDistribution>()];
        if (strips.Count == 0)
        {
            yield return Html.Paragraph("No frame was sent.");
            yield break;
        }
        const string Caption = "Wait for the wire of frames that were sent, in bit times. It does not contain what a datagram waited in the host's queues";
        yield return new ReportFigure(
            Caption,
            [LatencyStrips.Draw(Caption, strips, "bit times from offer to the successful attempt")],
            new ReportTable(["host", "shortest", "median", "99 %", "longest", "frames", "histogram (from: frames)"], [.. strips.Select(Row)])).ToHtml();
    }

    private static LatencyDistribution? StripOf(HubResult result, int host)
    {
        long[] delays =
        [
            .. result.FramesOf(host).Where(static frame => frame.Report is { Outcome: TransmitOutcome.Sent })
                .Select(static frame => frame.Report!.Value.AccessDelay).Order(),
        ];
        return delays.Length == 0 ? null : new LatencyDistribution
        {
            Placement = HubPalette.HostName(host),
            Completion = result.Options.Completion,
            Minimum = delays[0],
            Median = At(delays, 0.5),
            P99 = At(delays, 0.99),
            Maximum = delays[^1],
            Buckets = [.. delays.GroupBy(LowOf).Select(static bucket => new LatencyBucket(bucket.Key, bucket.Count()))],
        };
    }

    // What at least this share does not exceed.
    private static long At(long[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    private static long LowOf(long delay)
        => delay - (delay % Math.Max(1, (1L << BitOperations.Log2((ulong)delay | 1)) / BucketsInAPower));

    private static IReadOnlyList<string> Row(LatencyDistribution strip) =>
    [
        strip.Placement,
        Figures.Whole(strip.Minimum),
        Figures.Whole(strip.Median),
        Figures.Whole(strip.P99),
        Figures.Whole(strip.Maximum),
        Figures.Whole(strip.Buckets.Sum(static bucket => bucket.Count)),
        string.Join("; ", strip.Buckets.Select(static bucket => $"{bucket.Low}: {bucket.Count}")),
    ];
}
