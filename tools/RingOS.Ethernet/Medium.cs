// A medium that is run from event to event, so that real guests can share its clock. Next: Hub/HubMedium.cs, Switch/SwitchMedium.cs
using System;

namespace RingOS.Ethernet;

/// <summary>Stations with a MAC each, and what is between them. Knows simulated time only, in bit times from 0.</summary>
/// <remarks>Not for several threads at once. Nothing is allocated per event on a hub.</remarks>
public abstract class Medium
{
    /// <summary>Not in this run.</summary>
    public const long Never = long.MaxValue;

    private bool _isRunning;

    private protected Medium(MediumOptions options, IMediumObserver observer)
    {
        Options = options;
        Observer = observer;
        Clock = new BitClock(options.BitsPerSecond);
        Counters = new StationStatistics[options.Delays.Count];
        for (int station = 0; station < Counters.Length; station++)
            Counters[station] = new StationStatistics();
    }

    public MediumOptions Options { get; }

    public BitClock Clock { get; }

    public int Stations => Counters.Length;

    public long Now { get; private protected set; }

    /// <summary>When something happens next if nothing more is offered; <see cref="Never"/> if nothing is pending.</summary>
    public abstract long NextEvent { get; }

    /// <summary>What has happened until <see cref="Now"/>. The stations' counters are live.</summary>
    public MediumStatistics Statistics => new(this, Counters, Usage());

    private protected IMediumObserver Observer { get; }

    private protected StationStatistics[] Counters { get; }

    /// <exception cref="ArgumentException">The options are impossible.</exception>
    public static Medium Create(MediumOptions options, IMediumObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        options.Check();
        return options.Topology == Topology.Hub ? new HubMedium(options, observer) : new SwitchMedium(options, observer);
    }

    /// <summary>The station's MAC has a frame and takes no other.</summary>
    public bool IsBusy(int station) => HasFrame(Checked(station));

    /// <summary>Gives an idle MAC a frame, now. The observer is told what becomes of it.</summary>
    /// <exception cref="ArgumentException">There is no such station, or its MAC is busy.</exception>
    public void Offer(int station, Frame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (IsBusy(station))
            throw new ArgumentException($"station {station} is offered frame {frame.Id} while its MAC is busy: wait for OnSent");
        Counters[station].Offered++;
        Accept(station, frame);
    }

    /// <summary>What a driver writes into its NIC's backoff seed register. Two MACs with one seed draw the same slots.</summary>
    /// <exception cref="ArgumentException">There is no such station.</exception>
    public void SetBackoffSeed(int station, uint seed) => Reseed(Checked(station), seed);

    /// <summary>Lets everything happen up to and including <paramref name="until"/>, and then it is <paramref name="until"/>.</summary>
    /// <exception cref="ArgumentException">That is in the past, or never.</exception>
    /// <exception cref="InvalidOperationException">Called by an observer.</exception>
    public void Run(long until)
    {
        if (until < Now || until == Never)
            throw new ArgumentException($"it is {Now}: cannot run until {until}");
        if (_isRunning)
            throw new InvalidOperationException("an observer cannot run the medium that calls it");
        _isRunning = true;
        try
        {
            while (Step(until))
            {
            }
            Now = until;
        }
        finally
        {
            _isRunning = false;
        }
    }

    private protected abstract bool HasFrame(int station);

    private protected abstract void Accept(int station, Frame frame);

    private protected abstract void Reseed(int station, uint seed);

    /// <summary>Lets the next event happen, unless it is later than <paramref name="until"/>.</summary>
    private protected abstract bool Step(long until);

    private protected abstract MediumUsage Usage();

    private int Checked(int station) => (uint)station < (uint)Stations
        ? station
        : throw new ArgumentException($"there is no station {station}: they are 0 to {Stations - 1}");
}
