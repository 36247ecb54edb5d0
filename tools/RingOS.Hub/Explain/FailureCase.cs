// One write() that failed, and the frame that it failed for. Next: Replay.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Abi;
using RingOS.Host;

namespace RingOS.Hub.Explain;

/// <summary>What an experiment's file says of a failed write().</summary>
/// <param name="Options">Of the experiment.</param>
/// <param name="Station">Whose, from 0.</param>
/// <param name="Failure">The write().</param>
/// <param name="Frame">The frame that was lost; null if nothing reached the wire.</param>
/// <param name="FollowedWrite">The write() whose way is worth following: the one that handed over the lost frame, or the failed one.</param>
public sealed record FailureCase(HubOptions Options, int Station, FailedWrite Failure, FrameRecord? Frame, long FollowedWrite)
{
    /// <summary>It returned the error of an earlier one (completion=next).</summary>
    public bool IsOfAnEarlierWrite => FollowedWrite != Failure.Number;

    /// <summary>A write() of a host.</summary>
    /// <param name="document">The experiment.</param>
    /// <param name="host">From 1.</param>
    /// <param name="write">Its number.</param>
    /// <exception cref="RingOsException">It did not fail, or there is no such host.</exception>
    public static FailureCase Of(HubDocument document, int host, long write)
    {
        HostDocument found = document.Hosts.FirstOrDefault(other => other.Number == host)
            ?? throw new RingOsException($"--host {host}: the experiment has hosts 1 to {document.Hosts.Count}", exitCode: 2);
        FailedWrite failure = found.FailedWrites.FirstOrDefault(failed => failed.Number == write)
            ?? throw new RingOsException($"write {write} of host {host} did not fail; {Examples(found)}", exitCode: 2);
        return Of(document, found, failure);
    }

    /// <summary>The failed write() that ended first; of those for which a frame was lost on the wire, if there are any.</summary>
    /// <exception cref="RingOsException">None failed.</exception>
    public static FailureCase First(HubDocument document)
    {
        (HostDocument Host, FailedWrite Failure)[] all = [.. document.Hosts.SelectMany(static host => host.FailedWrites.Select(failure => (host, failure)))];
        (HostDocument Host, FailedWrite Failure) first = all.OrderBy(static one => one.Failure.Errno == (int)Status.IoError ? 0 : 1)
            .ThenBy(static one => one.Failure.EndedNanoseconds).ThenBy(static one => one.Host.Number).FirstOrDefault();
        return first.Failure is null
            ? throw new RingOsException("no write() failed in this experiment; one in which they do: ./ringos hub --completion wait", exitCode: 2)
            : Of(document, first.Host, first.Failure);
    }

    private static FailureCase Of(HubDocument document, HostDocument host, FailedWrite failure)
    {
        int station = host.Number - 1;
        if (failure.Errno != (int)Status.IoError)
            return new FailureCase(document.Options, station, failure, null, failure.Number);
        List<FrameRecord> lost = [.. document.LostFrames.Where(frame => frame.Station == station && frame.Datagram > 0)];
        FrameRecord? frame = document.Options.Completion == "next" ? LostBefore(lost, host, failure) : LostWith(lost, host, failure);
        long followed = frame is null || document.Options.Completion != "next" ? failure.Number : WriteOf(host, frame.Datagram!.Value);
        return new FailureCase(document.Options, station, failure, frame, followed);
    }

    // The n-th failure for a datagram is that of the n-th frame with it that was lost.
    private static FrameRecord? LostWith(List<FrameRecord> lost, HostDocument host, FailedWrite failure)
    {
        int before = host.FailedWrites.Count(other => other.Datagram == failure.Datagram && other.Errno == failure.Errno && other.Number < failure.Number);
        return lost.Where(frame => frame.Datagram == failure.Datagram).ElementAtOrDefault(before);
    }

    // Every loss is told once, to the next write().
    private static FrameRecord? LostBefore(List<FrameRecord> lost, HostDocument host, FailedWrite failure)
    {
        int before = host.FailedWrites.Count(other => other.Errno == failure.Errno && other.Number < failure.Number);
        return lost.ElementAtOrDefault(before);
    }

    private static long WriteOf(HostDocument host, long datagram) => datagram + host.FailedWrites.Count(failed => failed.Datagram <= datagram);

    private static string Examples(HostDocument host)
        => host.FailedWrites.Count == 0
            ? "none of that host did"
            : "these did: " + string.Join(", ", host.FailedWrites.Take(5).Select(static failed => failed.Number.ToString(CultureInfo.InvariantCulture)))
                + (host.FailedWrites.Count > 5 ? " ..." : "");
}
