// One run of one placement, after it has been checked. Next: Laboratory.cs
using System;

namespace RingOS.Host.Compare;

/// <summary>What a run of iperf in one placement gave.</summary>
public sealed record Measurement
{
    public required string Placement { get; init; }

    public required WindowEvent Window { get; init; }

    /// <summary>Datagrams that reached the server.</summary>
    public required long Received { get; init; }

    /// <summary>Sent by write(), but never at the host's socket: lost by the guest, or by QEMU's network.</summary>
    public long Lost => Math.Max(0, Window.Datagrams - Received - HostLost);

    /// <summary>They came out of the guest, and the host's receive buffer had no room: nothing that a placement did.</summary>
    public long HostLost { get; init; }

    /// <summary>
    /// Datagrams a second: those that left the guest, over the time in which they arrived (were sent, if the server is not ours).
    /// </summary>
    public required double DatagramsPerSecond { get; init; }

    /// <summary>Who made the UDP checksums: "offload" or "software"; null if the guest did not say.</summary>
    public string? Checksum { get; init; }
}

/// <summary>A counted run, and where its instructions went.</summary>
public sealed record ProfiledRun(Measurement Measurement, LayerProfile Profile);
