// What one attempt to send looks like at the hub. Next: SignalList.cs
namespace RingOS.Ethernet;

/// <summary>A frame, or a fragment and a jam. Times are bit times at the hub; a station hears them later by its delay.</summary>
internal sealed class Signal
{
    public int Station { get; private set; }

    public Frame? Frame { get; private set; }

    /// <summary>Its first bit at the hub.</summary>
    public long Start { get; private set; }

    /// <summary>Just after its last bit; <see cref="Medium.Never"/> while the station sends.</summary>
    public long End { get; private set; }

    /// <summary>The station sent the frame to its end.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Overlapped with another in the hub: nobody gets it.</summary>
    public bool IsGarbled { get; set; }

    /// <summary>How many stations, nearest first, have had it.</summary>
    public int Heard { get; set; }

    /// <summary>When the next station has had it; <see cref="Medium.Never"/> if none waits for it.</summary>
    public long NextDelivery { get; set; }

    public bool IsActive => End == Medium.Never;

    public bool Overlaps(Signal other) => Start < other.End && other.Start < End;

    public void Begin(int station, Frame frame, long start)
    {
        (Station, Frame, Start, End) = (station, frame, start, Medium.Never);
        (IsWhole, IsGarbled, Heard, NextDelivery) = (false, false, 0, Medium.Never);
    }

    public void Finish(long end, bool isWhole) => (End, IsWhole) = (end, isWhole);
}
