// A failed write() from the program to the wire and back, in several placements. Shown by tools/RingOS.Cli/ExplainScreen.cs.
// Next: WriteWay.cs, WireStory.cs
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Hub.Explain;

/// <param name="Case">Which write().</param>
/// <param name="Ways">Its way through the system, a placement each.</param>
/// <param name="Wire">What happened to its frame; the same in every placement. Empty if nothing reached the wire.</param>
public sealed record Explanation(FailureCase Case, IReadOnlyList<WriteWay> Ways, IReadOnlyList<WireStory> Wire)
{
    /// <summary>Where a failure can be looked at: side by side in two placements, unless the experiment's own has another wire.</summary>
    public static IReadOnlyList<string> PlacementsFor(HubOptions options)
        => options.Placement == HubOptions.PlacementWithTicks ? [HubOptions.PlacementWithTicks] : ["monolithic", "ring3"];

    /// <summary>Replays the experiment once a placement.</summary>
    public static async Task<Explanation> OfAsync(FailureCase failure, IEnumerable<string> placements, CancellationToken cancellation)
    {
        List<Replayed> replays = [];
        foreach (string placement in placements)
            replays.Add(await Replay.RunAsync(failure, placement, cancellation));
        return new Explanation(
            failure,
            [.. replays.Select(replay => WriteWay.Of(replay, failure.Frame is not null))],
            failure.Frame is null ? [] : [.. WireStory.Tell(failure.Frame, replays[0].Rivals)]);
    }
}
