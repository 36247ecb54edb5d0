// The experiment once more, with one guest's every instruction written down. Next: Explanation.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Ethernet;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;
using RingOS.Host.Tracing;
using RingOS.Trace;

namespace RingOS.Hub.Explain;

/// <summary>A write() followed once more.</summary>
/// <param name="Placement">Where the driver lived.</param>
/// <param name="Timeline">Its way.</param>
/// <param name="Told">The write() that returned the error, if it was a later one.</param>
/// <param name="Rivals">For each attempt of the lost frame, the stations it collided with.</param>
public sealed record Replayed(string Placement, WriteTimeline Timeline, WriteTimeline? Told, IReadOnlyList<IReadOnlyList<int>> Rivals);

/// <summary>Follows one write() in a placement; the wire is that of the experiment, to the bit.</summary>
public static class Replay
{
    private const string Application = "iperf";
    private const string Nic = "bcm5721";
    private const int MarginMilliseconds = 3;
    private const int MostInstructions = 200_000_000;

    /// <summary>Runs until shortly after the write() has ended.</summary>
    /// <param name="failure">Which one.</param>
    /// <param name="placement">Where the driver lives this time.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="RingOsException">The guest failed, or the wire was another.</exception>
    public static async Task<Replayed> RunAsync(FailureCase failure, string placement, CancellationToken cancellation)
    {
        using MachineInstrument instrument = MachineInstrument.Recording(Images.Kernel, Application, failure.FollowedWrite - 1, MostInstructions);
        int milliseconds = (int)(failure.Failure.EndedNanoseconds / 1_000_000) + MarginMilliseconds;
        using HubExperiment experiment = new(
            failure.Options with { Placement = placement, Patience = TimeSpan.FromMinutes(10) },
            new Subject(failure.Station, milliseconds, instrument));
        HubResult result = await experiment.RunAsync(cancellation);
        string what = $"{placement} (replay of host {failure.Station + 1})";
        GuestRun run = result.Hosts[failure.Station].Run
            ?? throw new RingOsException($"{what}: {result.Hosts[failure.Station].Problem}");
        CheckWire(failure, result.Frames, what);
        try
        {
            LoadedImages images = LoadedImages.Of(run, Images.Kernel, Nic);
            Follower follower = new(instrument.Recorded(run, images, what), images);
            return new Replayed(
                placement,
                follower.Follow(failure.FollowedWrite),
                failure.IsOfAnEarlierWrite ? follower.Follow(failure.Failure.Number) : null,
                Rivals(failure, result.Frames));
        }
        catch (TraceFormatException exception)
        {
            throw new RingOsException($"{what}: {exception.Message}");
        }
    }

    // Whose attempts a collision was with: those that began at most a slot time apart, and collided too.
    private static IReadOnlyList<IReadOnlyList<int>> Rivals(FailureCase failure, IReadOnlyList<FrameRecord> frames)
        => failure.Frame is not { } lost ? [] :
        [
            .. lost.Attempts.Select(attempt => (IReadOnlyList<int>)
            [
                .. frames.Where(frame => frame.Station != lost.Station && frame.Attempts.Exists(other
                        => other.CollidedAt is not null && Math.Abs(other.StartedAt - attempt.StartedAt) <= CsmaCd.SlotTime))
                    .Select(static frame => frame.Station).Distinct().Order(),
            ]),
        ];

    // Same seed, same wire: if not, the images are not those of the experiment.
    private static void CheckWire(FailureCase failure, IReadOnlyList<FrameRecord> frames, string what)
    {
        if (failure.Frame is not { } lost)
            return;
        FrameRecord? again = frames.FirstOrDefault(frame => frame.Id == lost.Id);
        if (again is null || again.Station != lost.Station || again.Report != lost.Report || !again.Attempts.SequenceEqual(lost.Attempts))
            throw new RingOsException($"{what}: the wire was not that of the experiment; the images have changed since, so run it anew: ./ringos hub");
    }

    // Finds writes in a trace by their number.
    private sealed class Follower(RecordedRun run, LoadedImages images)
    {
        private readonly SymbolMap _symbols = images.Symbols();
        private readonly SourceLines _lines = images.Lines();

        public WriteTimeline Follow(long number)
        {
            IReadOnlyList<int> starts = WriteFinder.Starts(run, _symbols, Application);
            long position = number - run.FirstWrite;
            return position >= starts.Count
                ? throw new TraceFormatException($"the run had {run.FirstWrite - 1 + starts.Count} writes, not {number}")
                : new WriteTimelineBuilder(run.Trace, _symbols, _lines, Application).Build(starts[(int)position]);
        }
    }
}
