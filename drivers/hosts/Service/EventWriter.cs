// The driver's events go into the ring that it shares with the stack. Next: PendingSignals.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.Hosts.Service;

/// <summary>Writes events; tells the stack of them when nothing else will.</summary>
public sealed class EventWriter(EventRingProducer ring) : INicEvents
{
    private readonly Notification _stack = new(WellKnownHandle.StackNotification);

    public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome)
        => ring.Add(EventRing.Pack(NicEventKind.Transmitted, packet.Value, 0, outcome));

    public void OnReceived(PacketIndex packet, ushort length)
        => ring.Add(EventRing.Pack(NicEventKind.Received, packet.Value, length, TransmitOutcome.Sent));

    public void OnLinkChange(bool isUp)
        => ring.Add(EventRing.Pack(NicEventKind.LinkChange, 0, (ushort)(isUp ? 1 : 0), TransmitOutcome.Sent));

    /// <summary>Signals the stack if there is something new.</summary>
    public void Announce()
    {
        if (!ring.HasNews)
            return;
        ring.ClearNews();
        _ = _stack.Signal(1); // fails only if the stack is gone, and then nobody is left to tell
    }

    /// <summary>The stack is about to look by itself.</summary>
    public void ClearNews() => ring.ClearNews();
}
