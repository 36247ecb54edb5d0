// The driver's events go into the ring that it shares with the stack. Next: IStackSignal.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Hosts.Server;

/// <summary>Writes events; tells the stack of them when nothing else will.</summary>
public sealed class EventWriter(EventRingProducer ring, IStackSignal stack) : INicEvents
{
    private bool _hasNews;

    /// <summary>Worth a signal, unless the stack looks for these by itself.</summary>
    public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome)
    {
        ring.Add(EventRing.Pack(NicEventKind.Transmitted, packet.Value, 0, outcome));
        _hasNews |= !ring.IsConsumerQuiet;
    }

    public void OnReceived(PacketIndex packet, ushort length)
    {
        ring.Add(EventRing.Pack(NicEventKind.Received, packet.Value, length, TransmitOutcome.Sent));
        _hasNews = true;
    }

    public void OnLinkChange(bool isUp)
    {
        ring.Add(EventRing.Pack(NicEventKind.LinkChange, 0, (ushort)(isUp ? 1 : 0), TransmitOutcome.Sent));
        _hasNews = true;
    }

    /// <summary>Signals the stack if there is something new.</summary>
    public void Announce()
    {
        if (!_hasNews)
            return;
        _hasNews = false;
        stack.Signal();
    }

    /// <summary>The stack is about to look by itself.</summary>
    public void ClearNews() => _hasNews = false;
}
