// Stations that send to their neighbours, as fast as they can or at random times. Back to: LoadSweep.cs
using System;
using System.Linq;
using System.Threading;

namespace RingOS.Ethernet;

/// <summary>Feeds a medium: station i sends to station i + 1. Allocates nothing while it runs.</summary>
internal sealed class StationLoad : IMediumObserver
{
    private const long UninterruptedTime = 10_000_000;
    private readonly LoadOptions _options;
    private readonly Frame[] _frames;
    private readonly long[] _nextArrival;
    private readonly RandomStream[] _arrivals;
    private readonly int[] _queued;
    private readonly double? _meanInterval;

    public StationLoad(LoadOptions options, int stations, double? load)
    {
        _options = options;
        _frames = [.. Enumerable.Range(0, stations).Select(station => FrameOf(station, stations, options.FrameBytes))];
        _arrivals = [.. Enumerable.Range(0, stations)
            .Select(station => new RandomStream(options.Seed, StreamPurpose.Arrivals, (ulong)station))];
        _nextArrival = new long[stations];
        _queued = new int[stations];
        _meanInterval = stations * _frames[0].Bits / load;
        Medium = Medium.Create(options.MediumOf(stations), this);
    }

    public Medium Medium { get; }

    /// <summary>Frames that found their station's queue full.</summary>
    public long LocalDrops { get; private set; }

    public void Run(long duration, CancellationToken cancellation)
    {
        if (_meanInterval is double mean)
            RunArrivals(mean, duration, cancellation);
        else
            OfferAll();
        while (Medium.Now < duration)
        {
            cancellation.ThrowIfCancellationRequested();
            Medium.Run(Math.Min(duration, Medium.Now + UninterruptedTime));
        }
    }

    public void OnSent(int station, Frame frame, TransmitReport report)
    {
        if (_meanInterval is null)
            Medium.Offer(station, frame);
        else if (_queued[station] > 0)
        {
            _queued[station]--;
            Medium.Offer(station, frame);
        }
    }

    public void OnReceived(int station, Frame frame, long at)
    {
    }

    private static Frame FrameOf(int station, int stations, int frameBytes) => Frame.OfLength(
        station,
        frameBytes - Frame.CheckSequenceBytes,
        MacAddress.OfStation((station + 1) % stations),
        MacAddress.OfStation(station));

    private void OfferAll()
    {
        for (int station = 0; station < _frames.Length; station++)
            Medium.Offer(station, _frames[station]);
    }

    // A Poisson process for each station.
    private void RunArrivals(double mean, long duration, CancellationToken cancellation)
    {
        for (int station = 0; station < _frames.Length; station++)
            _nextArrival[station] = (long)_arrivals[station].NextExponential(mean);
        for (int station = Earliest(); _nextArrival[station] < duration; station = Earliest())
        {
            cancellation.ThrowIfCancellationRequested();
            Medium.Run(_nextArrival[station]);
            Arrive(station);
            _nextArrival[station] += (long)_arrivals[station].NextExponential(mean);
        }
    }

    private int Earliest()
    {
        int earliest = 0;
        for (int station = 1; station < _nextArrival.Length; station++)
        {
            if (_nextArrival[station] < _nextArrival[earliest])
                earliest = station;
        }
        return earliest;
    }

    private void Arrive(int station)
    {
        if (!Medium.IsBusy(station))
            Medium.Offer(station, _frames[station]);
        else if (_queued[station] < _options.QueueFrames)
            _queued[station]++;
        else
            LocalDrops++;
    }
}
