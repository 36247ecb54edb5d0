// Several observers as one: a trace, a capture and the NICs hear the same. Back to: IMediumObserver.cs
using System.Collections.Generic;

namespace RingOS.Ethernet;

/// <summary>Tells each in turn, in the given order.</summary>
public sealed class MediumObservers(params IReadOnlyList<IMediumObserver> observers) : IMediumObserver
{
    private readonly IMediumObserver[] _observers = [.. observers];

    public void OnSent(int station, Frame frame, TransmitReport report)
    {
        foreach (IMediumObserver observer in _observers)
            observer.OnSent(station, frame, report);
    }

    public void OnReceived(int station, Frame frame, long at)
    {
        foreach (IMediumObserver observer in _observers)
            observer.OnReceived(station, frame, at);
    }

    public void OnAttempt(int station, Frame frame, int attempt, long at)
    {
        foreach (IMediumObserver observer in _observers)
            observer.OnAttempt(station, frame, attempt, at);
    }

    public void OnDeferred(int station, Frame frame, long since, long at)
    {
        foreach (IMediumObserver observer in _observers)
            observer.OnDeferred(station, frame, since, at);
    }

    public void OnCollision(int station, Frame frame, int attempt, long at)
    {
        foreach (IMediumObserver observer in _observers)
            observer.OnCollision(station, frame, attempt, at);
    }

    public void OnBackoff(int station, Frame frame, int slots, long until)
    {
        foreach (IMediumObserver observer in _observers)
            observer.OnBackoff(station, frame, slots, until);
    }
}
