// What a MAC knows of a frame when it is done with it. IEEE 802.3 clause 5.2.4 (TransmitFrame's status). Next: IMediumObserver.cs
namespace RingOS.Ethernet;

/// <summary>How a transmission ended.</summary>
public enum TransmitOutcome
{
    /// <summary>The whole frame went out and the MAC noticed no collision.</summary>
    Sent,

    /// <summary>Given up after <see cref="CsmaCd.AttemptLimit"/> collisions.</summary>
    ExcessiveCollisions,

    /// <summary>Given up: collided after the slot time, so some cable is too long. Like most NICs, this MAC does not retry.</summary>
    LateCollision,
}

/// <summary>The end of a transmission. Times are bit times.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Collisions">Attempts that collided, a late one included.</param>
/// <param name="WasDeferred">The first attempt waited because others were heard; the gap after one's own frame does not count.</param>
/// <param name="OfferedAt">When the MAC was given the frame.</param>
/// <param name="StartedAt">When the last attempt began, with its preamble.</param>
/// <param name="EndedAt">When the last bit, of frame or jam, left the station.</param>
public readonly record struct TransmitReport(
    TransmitOutcome Outcome, int Collisions, bool WasDeferred, long OfferedAt, long StartedAt, long EndedAt)
{
    /// <summary>From the offer to the start of the last attempt.</summary>
    public long AccessDelay => StartedAt - OfferedAt;
}
