// What a medium told its observer, kept for tests; and stations that always have another frame. Next: HubTests.cs
using System.Collections.Generic;
using System.Linq;
using RingOS.Ethernet;

namespace RingOS.Tests.Unit.Ethernet;

internal sealed record SentFrame(int Station, Frame Frame, TransmitReport Report);

internal sealed record ReceivedFrame(int Station, Frame Frame, long At);

internal sealed record StartedAttempt(int Station, Frame Frame, int Attempt, long At);

internal sealed record FoundCollision(int Station, Frame Frame, int Attempt, long At);

internal sealed record DrawnBackoff(int Station, Frame Frame, int Slots, long Until);

/// <summary>Keeps everything; offers each station's next frame when the last is done.</summary>
internal sealed class WireLog : IMediumObserver
{
    private readonly List<Queue<Frame>> _waiting;

    public WireLog(MediumOptions options, params IMediumObserver[] others)
    {
        _waiting = [.. options.Delays.Select(static _ => new Queue<Frame>())];
        Medium = Medium.Create(options, new MediumObservers([this, .. others]));
    }

    public Medium Medium { get; }
    public List<SentFrame> Sent { get; } = [];
    public List<ReceivedFrame> Received { get; } = [];
    public List<StartedAttempt> Attempts { get; } = [];
    public List<FoundCollision> Collisions { get; } = [];
    public List<DrawnBackoff> Backoffs { get; } = [];
    public List<(int Station, long Since, long At)> Deferrals { get; } = [];

    /// <summary>Frames that wait for their MAC.</summary>
    public int Waiting => _waiting.Sum(static queue => queue.Count);

    public static Frame FrameOf(int id, int length = 1514, int from = 0, int to = 1)
        => Frame.OfLength(id, length, MacAddress.OfStation(to), MacAddress.OfStation(from));

    /// <summary>Now, or after the frames before it.</summary>
    public void Send(int station, Frame frame)
    {
        if (Medium.IsBusy(station))
            _waiting[station].Enqueue(frame);
        else
            Medium.Offer(station, frame);
    }

    public void OnSent(int station, Frame frame, TransmitReport report)
    {
        Sent.Add(new SentFrame(station, frame, report));
        if (_waiting[station].TryDequeue(out Frame? next))
            Medium.Offer(station, next);
    }

    public void OnReceived(int station, Frame frame, long at) => Received.Add(new ReceivedFrame(station, frame, at));

    public void OnAttempt(int station, Frame frame, int attempt, long at) => Attempts.Add(new StartedAttempt(station, frame, attempt, at));

    public void OnDeferred(int station, Frame frame, long since, long at) => Deferrals.Add((station, since, at));

    public void OnCollision(int station, Frame frame, int attempt, long at)
        => Collisions.Add(new FoundCollision(station, frame, attempt, at));

    public void OnBackoff(int station, Frame frame, int slots, long until) => Backoffs.Add(new DrawnBackoff(station, frame, slots, until));
}
