// A capture for each station: what it hears, intact frames of others only. Back to: PcapWriter.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace RingOS.Ethernet;

/// <summary>Writes one pcap stream a station.</summary>
public sealed class StationCaptures : IMediumObserver, IDisposable
{
    private readonly List<Stream> _streams = [];
    private readonly PcapWriter[] _writers;

    /// <param name="stations">How many.</param>
    /// <param name="clock">Of the medium.</param>
    /// <param name="open">Opens the stream of a station; it is closed with this object.</param>
    public StationCaptures(int stations, BitClock clock, Func<int, Stream> open)
    {
        try
        {
            foreach (int station in Enumerable.Range(0, stations))
                _streams.Add(open(station));
            _writers = [.. _streams.Select(stream => new PcapWriter(stream, clock))];
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void OnSent(int station, Frame frame, TransmitReport report)
    {
    }

    /// <summary>Why the captures end early, as on a full disk; null if they do not.</summary>
    public IOException? Failure { get; private set; }

    // The experiment goes on: it is worth more than its captures.
    public void OnReceived(int station, Frame frame, long at)
    {
        if (Failure is not null)
            return;
        try
        {
            _writers[station].Write(frame, at);
        }
        catch (IOException failure)
        {
            Failure = failure;
        }
    }

    /// <summary>So that a reader meets whole records.</summary>
    public void Flush()
    {
        foreach (Stream stream in _streams)
            stream.Flush();
    }

    public void Dispose()
    {
        foreach (Stream stream in _streams)
        {
            try
            {
                stream.Dispose();
            }
            catch (IOException failure)
            {
                Failure ??= failure;
            }
        }
    }
}
