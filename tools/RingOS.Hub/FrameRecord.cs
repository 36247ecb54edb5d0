// The life of one frame on the medium. Next: FrameJournal.cs
using System;
using System.Collections.Generic;
using RingOS.Ethernet;

namespace RingOS.Hub;

/// <summary>One attempt to send a frame; times in bit times.</summary>
/// <param name="Number">1 to 16.</param>
/// <param name="StartedAt">The first bit of the preamble.</param>
/// <param name="ReadyAt">When it would have begun if others had been silent; null if they were.</param>
public sealed record Attempt(int Number, long StartedAt, long? ReadyAt)
{
    /// <summary>When the station heard another; null if it did not.</summary>
    public long? CollidedAt { get; set; }

    /// <summary>Slots it then waited, of which there are 2^min(number, 10) to choose from; null if it gave up, or need not wait.</summary>
    public int? BackoffSlots { get; set; }

    /// <summary>When the wait was over.</summary>
    public long? BackoffUntil { get; set; }
}

/// <summary>A frame from the NIC's hand to its end; times in bit times.</summary>
/// <param name="Id">Counts all frames of the medium from 1.</param>
/// <param name="Station">Who sent it.</param>
/// <param name="Datagram">iperf's number of the datagram in it; null if it is something else.</param>
/// <param name="Length">Bytes without check sequence.</param>
public sealed record FrameRecord(long Id, int Station, long? Datagram, int Length)
{
    public List<Attempt> Attempts { get; init; } = [];

    /// <summary>How it ended; null if it has not.</summary>
    public TransmitReport? Report { get; set; }

    /// <summary>With padding and check sequence, without preamble.</summary>
    public int WireBits => (Math.Max(Length, Frame.PaddedBytes) + Frame.CheckSequenceBytes) * 8;

    /// <summary>It was given up.</summary>
    public bool IsLost => Report is { Outcome: not TransmitOutcome.Sent };

    /// <summary>The station it was meant for heard all of it.</summary>
    public bool IsDelivered { get; set; }
}
