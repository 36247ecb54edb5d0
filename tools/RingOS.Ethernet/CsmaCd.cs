// The numbers of CSMA/CD at 10 and 100 Mb/s, in bit times. IEEE 802.3 clause 4.4.2. Next: MediumOptions.cs
namespace RingOS.Ethernet;

/// <summary>The parameters of the half-duplex MAC; the same at both speeds.</summary>
public static class CsmaCd
{
    /// <summary>slotTime: a station that has sent for so long owns the medium; also the unit of backoff.</summary>
    public const int SlotTime = 512;

    /// <summary>interPacketGap: silence before a frame.</summary>
    public const int InterFrameGap = 96;

    /// <summary>interPacketGapPart1, at most two thirds of the gap: a carrier within it starts the gap anew, no later one.</summary>
    public const int InterFrameGapPart1 = 64;

    /// <summary>jamSize: what a station still sends after it noticed a collision, so that the others notice it too.</summary>
    public const int Jam = 32;

    /// <summary>attemptLimit: after so many collisions a frame is given up.</summary>
    public const int AttemptLimit = 16;

    /// <summary>backoffLimit: the range of the random wait doubles no further after so many collisions.</summary>
    public const int BackoffLimit = 10;

    /// <summary>Preamble and start-of-frame delimiter.</summary>
    public const int Preamble = 64;
}
