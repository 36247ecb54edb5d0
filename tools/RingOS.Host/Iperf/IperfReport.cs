// What the server knows about one client. Next: IperfSession.cs
using System;
using System.Net;

namespace RingOS.Host.Iperf;

/// <summary>The counts of one session. Data datagrams only: the one that ends the session is not among them.</summary>
public sealed record IperfReport
{
    public required IPEndPoint Client { get; init; }

    /// <summary>Datagrams the client sent, by the id of its last one.</summary>
    public required long Sent { get; init; }

    /// <summary>Different datagrams that arrived.</summary>
    public required long Received { get; init; }

    /// <summary>Sent, but never arrived.</summary>
    public long Lost => Sent - Received;

    /// <summary>Arrived after one with a higher id; not lost.</summary>
    public required long OutOfOrder { get; init; }

    /// <summary>Arrived again.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Payload bytes that arrived, duplicates included.</summary>
    public required long Bytes { get; init; }

    /// <summary>Smoothed difference of transit times, RFC 1889 section 6.3.1.</summary>
    public required TimeSpan Jitter { get; init; }

    /// <summary>From the first data datagram's arrival to the last one's.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Datagrams that arrived per second; 0 if fewer than two did.</summary>
    public double DatagramsPerSecond => Duration > TimeSpan.Zero ? (Received - 1) / Duration.TotalSeconds : 0;
}
