// Which faults in which placements. Next: FaultTrial.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Host.Faults;

/// <summary>A matrix of faults.</summary>
public sealed record FaultOptions
{
    public IReadOnlyList<Placement> Placements { get; init; } = Placement.All;

    public IReadOnlyList<string> Faults { get; init; } = Fault.All;

    /// <summary>Datagrams iperf sends.</summary>
    public int Count { get; init; } = 2000;

    /// <summary>The frame with which the driver fails: past the middle, so that the driver that comes after it never gets so far.</summary>
    public int FaultyFrame { get; init; } = 1200;

    /// <summary>UDP payload of a datagram.</summary>
    public int Bytes { get; init; } = 1470;

    /// <summary>Restarts the supervisor may make.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>The kernel's watchdog period; six of them and a silent driver is found out.</summary>
    public int WatchdogMilliseconds { get; init; } = 50;

    /// <summary>A machine that still runs after this does not answer any more.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(40);

    /// <exception cref="RingOsException">Something is named twice, or nothing is.</exception>
    public void Check()
    {
        if (Placements.Count == 0 || Placements.Distinct().Count() != Placements.Count)
            throw new RingOsException("name each placement once", exitCode: 2);
        if (Faults.Count == 0 || Faults.Distinct().Count() != Faults.Count)
            throw new RingOsException($"name each fault once; there is: {string.Join(", ", Fault.All)}", exitCode: 2);
    }
}
