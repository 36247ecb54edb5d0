// What happened to one frame on the wire, attempt by attempt. Back to: Explanation.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Ethernet;

namespace RingOS.Hub.Explain;

/// <summary>One attempt; times in bit times.</summary>
/// <param name="Attempt">1 to 16.</param>
/// <param name="StartedAt">After the NIC offered the frame.</param>
/// <param name="WaitedForOthers">Deferral: others were sending when it was ready; 0 if they were not.</param>
/// <param name="CollisionAfter">From its first bit until it heard another; null if it heard none.</param>
/// <param name="Rivals">Stations, from 0, whose frames collided too.</param>
/// <param name="BackoffSlots">How many slots it then waited; null if it did not try again.</param>
/// <param name="BackoffChoices">How many numbers of slots there were to choose from.</param>
public sealed record WireStory(
    int Attempt, long StartedAt, long WaitedForOthers, long? CollisionAfter, IReadOnlyList<int> Rivals, int? BackoffSlots, int BackoffChoices)
{
    internal static IEnumerable<WireStory> Tell(FrameRecord frame, IReadOnlyList<IReadOnlyList<int>> rivals)
        => frame.Attempts.Select((attempt, index) => new WireStory(
            attempt.Number,
            attempt.StartedAt - frame.Report!.Value.OfferedAt,
            attempt.StartedAt - (attempt.ReadyAt ?? attempt.StartedAt),
            attempt.CollidedAt - attempt.StartedAt,
            rivals[index],
            attempt.BackoffSlots,
            1 << Math.Min(attempt.Number, CsmaCd.BackoffLimit)));
}
