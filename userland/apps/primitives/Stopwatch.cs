// Takes the time of many turns. Next: PrimitivesOptions.cs
using System;
using RingOS.User;

namespace RingOS.Primitives;

/// <summary>Measures yardsticks in batches of turns, and keeps the quickest: a timer interrupt falls into some, not into all.</summary>
public sealed class Stopwatch
{
    private const int Batches = 8;

    private readonly uint _turns;
    private readonly ulong _loopTicks;

    /// <param name="turns">Turns of a batch.</param>
    public Stopwatch(uint turns)
    {
        _turns = turns;
        _loopTicks = Least(new NothingYardstick());
    }

    /// <summary>Ticks of one turn.</summary>
    public ulong Measure<T>(T yardstick)
        where T : struct, IYardstick
        => PerTurn(Least(yardstick), _loopTicks, _turns);

    /// <summary>What one turn took without the loop around it, rounded to the nearest tick.</summary>
    public static ulong PerTurn(ulong ticks, ulong loopTicks, uint turns)
        => ticks <= loopTicks ? 0 : (ticks - loopTicks + turns / 2) / turns;

    private ulong Least<T>(T yardstick)
        where T : struct, IYardstick
    {
        ulong least = ulong.MaxValue;
        for (int batch = 0; batch < Batches; batch++)
        {
            ulong start = Clock.Ticks;
            for (uint turn = 0; turn < _turns; turn++)
                yardstick.Turn();
            least = Math.Min(least, Clock.Ticks - start);
        }
        return least;
    }
}
