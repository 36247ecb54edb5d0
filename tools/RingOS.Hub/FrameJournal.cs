// Writes down what happens to every frame. Next: HubExperiment.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using RingOS.Ethernet;

namespace RingOS.Hub;

/// <summary>All frames of a run in the order in which the NICs handed them over.</summary>
public sealed class FrameJournal : IMediumObserver
{
    private const int EtherType = 12;
    private const int VersionAndLength = 14;
    private const int Fragment = 20;
    private const int Protocol = 23;
    private const int DestinationPort = 36;
    private const int Payload = 42;
    private const int IperfPort = 5001;
    private const int Ipv4 = 0x0800;
    private const int Udp = 17;
    private const int Version4WithoutOptions = 0x45;
    private const int FragmentOffset = 0x1FFF;

    private readonly Dictionary<long, FrameRecord> _byId = [];
    private readonly List<FrameRecord> _frames = [];
    private readonly Dictionary<int, long> _deferredSince = [];

    public IReadOnlyList<FrameRecord> Frames => _frames;

    public void OnAttempt(int station, Frame frame, int attempt, long at)
    {
        bool wasDeferred = _deferredSince.Remove(station, out long since);
        RecordOf(station, frame).Attempts.Add(new Attempt(attempt, at, wasDeferred ? since : null));
    }

    public void OnDeferred(int station, Frame frame, long since, long at) => _deferredSince[station] = since;

    public void OnCollision(int station, Frame frame, int attempt, long at) => RecordOf(station, frame).Attempts[^1].CollidedAt = at;

    public void OnBackoff(int station, Frame frame, int slots, long until)
    {
        Attempt attempt = RecordOf(station, frame).Attempts[^1];
        attempt.BackoffSlots = slots;
        attempt.BackoffUntil = until;
    }

    public void OnSent(int station, Frame frame, TransmitReport report) => RecordOf(station, frame).Report = report;

    public void OnReceived(int station, Frame frame, long at)
    {
        if (_byId.TryGetValue(frame.Id, out FrameRecord? record))
            record.IsDelivered |= station == StationOf(frame.Destination);
    }

    /// <summary>iperf's number of the datagram in a frame from a client; null if it is something else.</summary>
    public static long? DatagramOf(ReadOnlySpan<byte> frame)
    {
        bool isIperf = frame.Length >= Payload + sizeof(int)
            && BinaryPrimitives.ReadUInt16BigEndian(frame[EtherType..]) == Ipv4
            && frame[VersionAndLength] == Version4WithoutOptions
            && (BinaryPrimitives.ReadUInt16BigEndian(frame[Fragment..]) & FragmentOffset) == 0
            && frame[Protocol] == Udp
            && BinaryPrimitives.ReadUInt16BigEndian(frame[DestinationPort..]) == IperfPort;
        return isIperf ? BinaryPrimitives.ReadInt32BigEndian(frame[Payload..]) : null;
    }

    private static int StationOf(MacAddress address) => (int)(address.Value & 0xFF) - 1;

    private FrameRecord RecordOf(int station, Frame frame)
    {
        if (_byId.TryGetValue(frame.Id, out FrameRecord? record))
            return record;
        record = new FrameRecord(frame.Id, station, DatagramOf(frame.Bytes.Span), frame.Length);
        _byId.Add(frame.Id, record);
        _frames.Add(record);
        return record;
    }
}
