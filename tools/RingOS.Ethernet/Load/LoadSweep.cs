// Carried against offered load, from the simulator alone. Next: StationLoad.cs, LoadPoint.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace RingOS.Ethernet;

/// <summary>Runs a medium for each number of stations and each load.</summary>
public sealed class LoadSweep
{
    private readonly LoadOptions _options;

    /// <exception cref="ArgumentException">The sweep cannot be.</exception>
    public LoadSweep(LoadOptions options)
    {
        options.Check();
        _options = options;
    }

    /// <summary>One point after the other; nothing runs before it is asked for.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public IEnumerable<LoadPoint> Run(CancellationToken cancellation = default)
    {
        foreach (int stations in _options.Stations)
        {
            if (_options.Loads.Count == 0)
                yield return RunOne(stations, load: null, cancellation);
            foreach (double load in _options.Loads)
                yield return RunOne(stations, load, cancellation);
        }
    }

    /// <param name="stations">How many.</param>
    /// <param name="load">Share of the bit rate; null: saturated.</param>
    /// <param name="cancellation">Stops the simulation.</param>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public LoadPoint RunOne(int stations, double? load, CancellationToken cancellation = default)
    {
        Stopwatch watch = Stopwatch.StartNew();
        StationLoad source = new(_options, stations, load);
        source.Run(_options.Duration, cancellation);
        return LoadPoint.Of(_options, load, source.Medium.Statistics, source.LocalDrops, watch.Elapsed);
    }
}
