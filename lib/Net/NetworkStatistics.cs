// What the stack counts instead of logging. Next: Socket.cs
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Counts since construction; everything the stack drops is in exactly one of them.</summary>
public sealed class NetworkStatistics
{
    /// <summary>Those that a program can ask for; 0 for another, as for restarts of the stack itself: who counts them outlives us.</summary>
    public ulong Read(NicCounter counter) => counter switch
    {
        NicCounter.Aborted => Aborted,
        NicCounter.Restarts => Restarts,
        NicCounter.FragmentsLost => Fragments,
        NicCounter.SourcesRefused => BadSource,
        _ => 0,
    };

    /// <summary>Frames the driver gave back unsent: collisions or a reset.</summary>
    public ulong FramesNotSent { get; internal set; }

    /// <summary>Packets a driver had when it died, those lent for reception among them.</summary>
    public ulong Aborted { get; internal set; }

    /// <summary>Times another driver took over.</summary>
    public ulong Restarts { get; internal set; }

    /// <summary>Reports of the driver that contradict our records: a packet it does not hold, a length beyond the buffer.</summary>
    public ulong DriverReportsRefused { get; internal set; }

    /// <summary>Frames for other stations or of other protocols.</summary>
    public ulong NotForUs { get; internal set; }

    /// <summary>Headers that are too short, contradict themselves, or are of another version.</summary>
    public ulong Malformed { get; internal set; }

    public ulong BadChecksum { get; internal set; }

    /// <summary>Fragments of datagrams that never became whole, contradict themselves, or are too long for a buffer.</summary>
    public ulong Fragments { get; internal set; }

    /// <summary>Frames and packets whose source is nobody's address: RFC 1122 3.2.1.3.</summary>
    public ulong BadSource { get; internal set; }

    /// <summary>Echo requests, put together from fragments, whose answer would not fit a frame.</summary>
    public ulong TooLong { get; internal set; }

    /// <summary>Datagrams and echo replies for which no socket was open.</summary>
    public ulong NoSocket { get; internal set; }

    /// <summary>Datagrams lost because their socket's queue, or the share of the pool for queues, was full.</summary>
    public ulong QueueFull { get; internal set; }

    /// <summary>Datagrams given up because their next hop did not answer.</summary>
    public ulong Unreachable { get; internal set; }
}
