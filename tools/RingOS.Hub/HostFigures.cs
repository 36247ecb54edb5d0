// One host's row: from what its iperf wanted to what arrived. Back to: HubResult.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Abi;
using RingOS.Ethernet;

namespace RingOS.Hub;

/// <summary>Datagrams, writes and frames of one host.</summary>
/// <param name="Offered">Datagrams that iperf's -b asked for; null without pacing.</param>
/// <param name="Written">write() returned their length.</param>
/// <param name="Failed">write() returned -1, by errno.</param>
/// <param name="QueueDrops">Of those: there was no room in a local queue (ENOBUFS, EAGAIN), so nothing reached the NIC.</param>
/// <param name="Sent">Frames, ARP's included, that left the NIC whole.</param>
/// <param name="Collisions">Attempts that collided.</param>
/// <param name="Excessive">Frames given up after 16 attempts.</param>
/// <param name="Late">Frames given up for a collision after the slot time.</param>
/// <param name="Deferred">Frames whose first attempt had to wait for others.</param>
/// <param name="Delivered">iperf datagrams that reached the NIC they were meant for.</param>
/// <param name="MeanDelayMicroseconds">From the NIC's offer of a frame to the attempt that sent it.</param>
/// <param name="P99DelayMicroseconds">The same, for all but the slowest hundredth.</param>
public sealed record HostFigures(
    long? Offered, long? Written, IReadOnlyDictionary<int, long> Failed, long QueueDrops, long Sent, long Collisions, long Excessive, long Late,
    long Deferred, long Delivered, double MeanDelayMicroseconds, double P99DelayMicroseconds)
{
    internal static HostFigures Of(HostRun host, HubOptions options, StationStatistics medium, IReadOnlyList<FrameRecord> frames)
    {
        IReadOnlyDictionary<int, long> failed = host.Report?.Failures ?? new Dictionary<int, long>();
        double microseconds = 1.0 / options.Megabits;
        return new HostFigures(
            options.BitsPerSecond == 0 ? null : (long)Math.Round(options.DatagramRate * options.Milliseconds / 1000),
            host.Report?.Written,
            failed,
            failed.GetValueOrDefault((int)Status.NoBufferSpace) + failed.GetValueOrDefault((int)Status.WouldBlock),
            medium.Sent,
            medium.Collisions,
            medium.Excessive,
            medium.Late,
            medium.Deferred,
            frames.Count(frame => frame.Station == host.Number && frame is { Datagram: not null, IsDelivered: true }),
            medium.AccessDelay.Mean * microseconds,
            medium.AccessDelay.Percentile(0.99) * microseconds);
    }
}
