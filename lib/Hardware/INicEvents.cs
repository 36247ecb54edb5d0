// The way up from a driver: what its device did. Implemented by each host. Next: PacketIndex.cs
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Called by a driver from inside <see cref="INicDriver.OnInterrupt"/> and <see cref="INicDriver.Stop"/>.</summary>
public interface INicEvents
{
    /// <summary>The device is done with this packet, which belongs to the lender again.</summary>
    void OnTransmitted(PacketIndex packet, TransmitOutcome outcome);

    /// <summary>This lent buffer holds a good frame of <paramref name="length"/> bytes (without check sequence) at <see cref="PacketLayout.FrameOffset"/>.</summary>
    void OnReceived(PacketIndex packet, ushort length);

    void OnLinkChange(bool isUp);
}
