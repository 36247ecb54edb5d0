// One attempt of a lost frame as the report tells it. Next: AttemptChart.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Ethernet;
using RingOS.Host.Report;
using TransmitOutcome = RingOS.Ethernet.TransmitOutcome;

namespace RingOS.Hub.Report;

/// <summary>Times in microseconds since the NIC was given the frame.</summary>
/// <param name="Number">1 to 16.</param>
/// <param name="ReadyAt">When it would have begun, had others been silent.</param>
/// <param name="BeginsAt">The first bit of the preamble.</param>
/// <param name="CollisionAfter">Bit times until it heard another; null if it did not.</param>
/// <param name="BackoffFrom">When it began to wait.</param>
/// <param name="BackoffUntil">When it had waited; null if it gave up.</param>
/// <param name="Slots">"3 of 8": what it drew.</param>
/// <param name="Rivals">The hosts whose attempts collided with it.</param>
/// <param name="Meanwhile">What others sent between this attempt and the next: host and frames.</param>
internal sealed record AttemptStory(
    int Number, double ReadyAt, double BeginsAt, long? CollisionAfter, double BackoffFrom, double? BackoffUntil, string Slots, string Rivals, string Meanwhile)
{
    /// <summary>All attempts of a frame that is done with.</summary>
    public static List<AttemptStory> Tell(HubResult result, FrameRecord lost)
    {
        List<FrameRecord> others = [.. result.Frames.Where(frame => frame.Station != lost.Station)];
        return [.. lost.Attempts.Select((attempt, index) => Of(attempt, index + 1 < lost.Attempts.Count ? lost.Attempts[index + 1] : null, lost, others, result.Options))];
    }

    private static AttemptStory Of(Attempt attempt, Attempt? next, FrameRecord lost, List<FrameRecord> others, HubOptions options)
    {
        double Since(long at) => (double)(at - lost.Report!.Value.OfferedAt) / options.Megabits;
        return new AttemptStory(
            attempt.Number,
            Since(attempt.ReadyAt ?? attempt.StartedAt),
            Since(attempt.StartedAt),
            attempt.CollidedAt - attempt.StartedAt,
            Since(attempt.CollidedAt ?? attempt.StartedAt),
            attempt.BackoffUntil is long until ? Since(until) : null,
            attempt.BackoffSlots is int slots ? $"{Figures.Whole(slots)} of {Figures.Whole(1 << Math.Min(attempt.Number, CsmaCd.BackoffLimit))}" : "gave up",
            NamesOf(others.Where(frame => frame.Attempts.Exists(other => IsRival(other, attempt))).Select(static frame => frame.Station)),
            next is null ? Figures.NotMeasured : Counts(others.Where(frame => IsSentBetween(frame, attempt.StartedAt, next.StartedAt))));
    }

    // As Explain/Replay.cs has it.
    private static bool IsRival(Attempt other, Attempt attempt)
        => other.CollidedAt is not null && Math.Abs(other.StartedAt - attempt.StartedAt) <= CsmaCd.SlotTime;

    private static bool IsSentBetween(FrameRecord frame, long from, long until)
        => frame.Report is { Outcome: TransmitOutcome.Sent } report && report.StartedAt >= from && report.StartedAt < until;

    private static string NamesOf(IEnumerable<int> stations)
    {
        int[] all = [.. stations.Distinct().Order()];
        return all.Length == 0 ? Figures.NotMeasured : "host " + string.Join(", ", all.Select(static station => (station + 1).ToString(CultureInfo.InvariantCulture)));
    }

    private static string Counts(IEnumerable<FrameRecord> frames)
    {
        string all = string.Join(", ", frames.GroupBy(static frame => frame.Station).OrderBy(static group => group.Key)
            .Select(static group => $"{HubPalette.HostName(group.Key)}: {Figures.Whole(group.Count())}"));
        return all.Length == 0 ? Figures.NotMeasured : all;
    }
}
