// A full-duplex store-and-forward switch: nobody collides, but queues overflow. Back to: ../Medium.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Ethernet;

/// <summary>Each station has a cable of its own, in both directions at once. The switch has no delay but that of storing a frame.</summary>
internal sealed class SwitchMedium : Medium
{
    private readonly PriorityQueue<SwitchEvent, (long At, long Order)> _events = new();
    private readonly AddressTable _addresses = new();
    private readonly SwitchPort[] _ports;
    private readonly TransmitReport[] _sending;
    private readonly bool[] _isBusy;
    private long _order;
    private MediumUsage _usage;

    public SwitchMedium(MediumOptions options, IMediumObserver observer)
        : base(options, observer)
    {
        _ports = [.. Enumerable.Range(0, Stations).Select(_ => new SwitchPort(options.SwitchQueueFrames))];
        _isBusy = new bool[Stations];
        _sending = new TransmitReport[Stations];
        Array.Fill(_sending, new TransmitReport(TransmitOutcome.Sent, 0, false, 0, 0, -CsmaCd.InterFrameGap));
    }

    public override long NextEvent => _events.TryPeek(out _, out (long At, long Order) next) ? next.At : Never;

    private protected override bool HasFrame(int station) => _isBusy[station];

    private protected override void Accept(int station, Frame frame)
    {
        long start = Math.Max(Now, _sending[station].EndedAt + CsmaCd.InterFrameGap);
        _isBusy[station] = true;
        _sending[station] = new TransmitReport(TransmitOutcome.Sent, 0, false, Now, start, start + frame.TransmissionTime);
        Schedule(start, SwitchEventKind.Begin, station, frame);
    }

    // Nobody backs off here.
    private protected override void Reseed(int station, uint seed)
    {
    }

    private protected override MediumUsage Usage() => _usage;

    private protected override bool Step(long until)
    {
        if (NextEvent > until)
            return false;
        Now = NextEvent;
        SwitchEvent what = _events.Dequeue();
        switch (what.Kind)
        {
            case SwitchEventKind.Begin:
                Begin(what.Station, what.Frame!);
                break;
            case SwitchEventKind.End:
                End(what.Station, what.Frame!);
                break;
            case SwitchEventKind.Arrive:
                Forward(what.Station, what.Frame!);
                break;
            case SwitchEventKind.PortFree:
                SendNext(what.Station);
                break;
            default:
                Counters[what.Station].CountDelivery(what.Frame!);
                Observer.OnReceived(what.Station, what.Frame!, Now);
                break;
        }
        return true;
    }

    private void Schedule(long at, SwitchEventKind kind, int station, Frame? frame)
        => _events.Enqueue(new SwitchEvent(kind, station, frame), (at, _order++));

    private void Begin(int station, Frame frame)
    {
        Schedule(_sending[station].EndedAt, SwitchEventKind.End, station, frame);
        Observer.OnAttempt(station, frame, 1, Now);
    }

    private void End(int station, Frame frame)
    {
        _isBusy[station] = false;
        Schedule(Now + Options.Delays[station], SwitchEventKind.Arrive, station, frame);
        Counters[station].CountEnd(frame, _sending[station]);
        Observer.OnSent(station, frame, _sending[station]);
    }

    private void Forward(int from, Frame frame)
    {
        _addresses.Learn(frame.Source, from);
        long drops = _usage.QueueDrops;
        int copies = _addresses.Find(frame.Destination) is int port ? CopyTo(port, from, frame) : Flood(from, frame);
        if (copies > 0 || _usage.QueueDrops == drops)
            _usage = _usage with { FrameBits = _usage.FrameBits + frame.Bits };
    }

    private int Flood(int from, Frame frame)
    {
        int copies = 0;
        for (int to = 0; to < Stations; to++)
            copies += CopyTo(to, from, frame);
        return copies;
    }

    // Never back to where it came from.
    private int CopyTo(int to, int from, Frame frame) => to != from && Queue(to, frame) ? 1 : 0;

    private bool Queue(int station, Frame frame)
    {
        SwitchPort port = _ports[station];
        if (!port.IsSending)
            Send(station, frame);
        else if (!port.TryQueue(frame))
        {
            _usage = _usage with { QueueDrops = _usage.QueueDrops + 1 };
            return false;
        }
        return true;
    }

    private void SendNext(int station)
    {
        _ports[station].IsSending = false;
        if (_ports[station].TryTake(out Frame? frame))
            Send(station, frame!);
    }

    private void Send(int station, Frame frame)
    {
        long end = Now + frame.TransmissionTime;
        _ports[station].IsSending = true;
        Schedule(end + Options.Delays[station], SwitchEventKind.Receive, station, frame);
        Schedule(end + CsmaCd.InterFrameGap, SwitchEventKind.PortFree, station, null);
    }
}
