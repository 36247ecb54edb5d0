// One station's MAC: what it is doing with which frame. IEEE 802.3 clause 4.2.8 (TransmitLinkMgmt). Next: Deference.cs
namespace RingOS.Ethernet;

/// <summary>What a MAC is doing.</summary>
internal enum HubPhase
{
    /// <summary>It has no frame.</summary>
    Idle,

    /// <summary>For the end of its backoff, for silence, or for the gap.</summary>
    Waiting,

    /// <summary>Preamble and frame; so far it has heard nobody else.</summary>
    Sending,

    /// <summary>It has noticed a collision: the rest of the preamble, then the jam.</summary>
    Jamming,
}

/// <summary>The state of a MAC. Times are bit times at the station's end of the cable.</summary>
internal sealed class HubStation(int delay, RandomStream random)
{
    /// <summary>From here to the hub.</summary>
    public int Delay { get; } = delay;

    /// <summary>Draws backoff slots.</summary>
    public RandomStream Random { get; set; } = random;

    public HubPhase Phase { get; set; }

    /// <summary>Null when idle.</summary>
    public Frame? Frame { get; set; }

    /// <summary>What the hub gets of the present attempt.</summary>
    public Signal? Signal { get; set; }

    public int Attempts { get; set; }

    /// <summary>Of those attempts.</summary>
    public int Collisions { get; set; }

    public bool WasDeferred { get; set; }

    public long OfferedAt { get; set; }

    /// <summary>Offered, or done with the backoff: nothing but other stations is in the way.</summary>
    public long ReadyAt { get; set; }

    public long StartedAt { get; set; }

    /// <summary>When it will notice a collision, as far as is known.</summary>
    public long CollidesAt { get; set; } = Medium.Never;

    /// <summary>When its own last bit left.</summary>
    public long OwnEnd { get; set; } = Deference.LongAgo;

    public bool IsLate => CollidesAt - StartedAt > CsmaCd.SlotTime;

    public void TakeFrame(Frame frame, long now)
    {
        Frame = frame;
        Phase = HubPhase.Waiting;
        (Attempts, Collisions, WasDeferred) = (0, 0, false);
        (OfferedAt, ReadyAt) = (now, now);
    }

    public TransmitReport Report(TransmitOutcome outcome) => new(outcome, Collisions, WasDeferred, OfferedAt, StartedAt, OwnEnd);
}
