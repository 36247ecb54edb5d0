// What a station's MAC has counted: the management counters of IEEE 802.3 clause 30.3.1.1. Next: DelayHistogram.cs
namespace RingOS.Ethernet;

/// <summary>Counts since time 0; live.</summary>
public sealed class StationStatistics
{
    public long Offered { get; internal set; }

    public long Sent { get; private set; }

    /// <summary>Of all frames sent: destination address to check sequence.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Sent after one collision.</summary>
    public long SingleCollision { get; private set; }

    /// <summary>Sent after several.</summary>
    public long MultipleCollision { get; private set; }

    /// <summary>Given up after 16.</summary>
    public long Excessive { get; private set; }

    /// <summary>Given up after a late one.</summary>
    public long Late { get; private set; }

    /// <summary>Frames whose first attempt waited for others, and that were done with.</summary>
    public long Deferred { get; private set; }

    /// <summary>Attempts that collided, of frames that were done with.</summary>
    public long Collisions { get; private set; }

    /// <summary>Intact frames heard.</summary>
    public long Delivered { get; private set; }

    public long BytesDelivered { get; private set; }

    /// <summary>Of frames that were sent: from offer to the start of the attempt that succeeded; bit times.</summary>
    public DelayHistogram AccessDelay { get; } = new();

    /// <summary>Offered, and neither sent nor given up.</summary>
    public long Pending => Offered - Sent - Excessive - Late;

    internal void CountEnd(Frame frame, in TransmitReport report)
    {
        Collisions += report.Collisions;
        Deferred += report.WasDeferred ? 1 : 0;
        switch (report.Outcome)
        {
            case TransmitOutcome.Sent:
                CountSent(frame, report);
                break;
            case TransmitOutcome.ExcessiveCollisions:
                Excessive++;
                break;
            default:
                Late++;
                break;
        }
    }

    internal void CountDelivery(Frame frame)
    {
        Delivered++;
        BytesDelivered += frame.WireBytes;
    }

    private void CountSent(Frame frame, in TransmitReport report)
    {
        Sent++;
        BytesSent += frame.WireBytes;
        AccessDelay.Add(report.AccessDelay);
        if (report.Collisions == 1)
            SingleCollision++;
        else if (report.Collisions > 1)
            MultipleCollision++;
    }
}
