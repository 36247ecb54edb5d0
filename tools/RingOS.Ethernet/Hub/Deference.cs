// When a station may begin: carrier sense and the two parts of the gap. IEEE 802.3 clause 4.2.3.2.1, 4.2.8 (Deference). Next: HubMedium.cs
using System;

namespace RingOS.Ethernet;

/// <summary>The deference process, worked out from the signals on the cable instead of bit by bit.</summary>
internal static class Deference
{
    /// <summary>Before any run, with room for gaps.</summary>
    public const long LongAgo = -1_000_000_000;

    /// <summary>The first time from its readiness at which the station may begin, if nothing is sent but what is known.</summary>
    /// <returns><see cref="Medium.Never"/> as long as it depends on a signal whose end is not known.</returns>
    /// <remarks>Who is ready by the end of the gap goes ahead then, even if a carrier came in the gap's second part. A carrier that
    /// comes at the very bit at which the station begins is not heard yet.</remarks>
    public static long EarliestStart(int number, HubStation station, SignalList signals, int gapPart1)
    {
        long quiet = Math.Max(station.OwnEnd, signals.LastEndBut(number) + station.Delay);
        foreach (Signal signal in signals.All)
        {
            if (signal.Station == number)
                continue;
            long arrival = signal.Start + station.Delay;
            if (arrival > quiet && arrival >= quiet + gapPart1)
            {
                long gapEnd = quiet + CsmaCd.InterFrameGap;
                if (station.ReadyAt <= gapEnd)
                    return gapEnd;
                if (station.ReadyAt <= arrival)
                    return station.ReadyAt;
            }
            if (signal.IsActive)
                return Medium.Never;
            quiet = Math.Max(quiet, signal.End + station.Delay);
        }
        return Math.Max(station.ReadyAt, quiet + CsmaCd.InterFrameGap);
    }
}
