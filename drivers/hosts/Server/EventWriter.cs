// The driver's events go into the ring that it shares with the stack. Next: IStackSignal.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Hosts.Server;

/// <summary>Writes events; tells the stack of them when nothing else will.</summary>
public sealed class EventWriter(EventRingProducer ring, IStackSignal stack) : INicEvents
{
    private bool _hasNews;
    private bool _hasCompletions;

    public void OnTransmitted(PacketIndex packet, TransmitOutcome outcome)
    {
        ring.Add(EventRing.Pack(NicEventKind.Transmitted, packet.Value, 0, outcome));
        _hasCompletions = true;
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

    /// <summary>Shows the stack what is new, and signals it unless it looks for such by itself.</summary>
    public void Announce()
    {
        bool isWorthSignal = _hasNews || (_hasCompletions && !ring.IsConsumerQuiet);
        Show();
        if (isWorthSignal)
            stack.Signal();
    }

    /// <summary>The same when the stack is about to look anyway.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Show()
    {
        ring.Publish();
        _hasNews = false;
        _hasCompletions = false;
    }
}
