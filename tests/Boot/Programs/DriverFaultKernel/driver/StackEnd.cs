// The end of a driver's stack: the first driver runs over it, those that are started after it stop a little before. Back to: Mistakes.cs
using System.Runtime.CompilerServices;

namespace RingOS.Test.DriverFaultKernel;

/// <summary>What the drivers of one boot know of it. Each comes less near than the one before; the last is a good one.</summary>
public sealed class StackEnd
{
    /// <summary>Drivers that are ended, the first among them.</summary>
    public const int Drivers = 12;

    private const int CallsApart = 5;

    private int _drivers;
    private int _deepest; // calls that fitted

    /// <summary>How many drivers have come to their mistake before.</summary>
    internal int TakeTurn() => _drivers++;

    /// <summary>Makes the mistake as near to the end as it is this driver's turn to. The first driver runs over it, the one after the last goes nowhere.</summary>
    internal void Approach(Mistakes mistakes)
    {
        int before = TakeTurn();
        if (before == 0)
            Descend(1, 0, mistakes);
        else if (before < Drivers)
            Descend(1, _deepest - 1 - (CallsApart * (before - 1)), mistakes);
    }

    // Not a loop: what it adds is needed after the call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Descend(int depth, int limit, Mistakes mistakes)
    {
        if (depth == limit)
            return mistakes.MakeAtTheEnd();
        if (limit == 0)
            _deepest = depth;
        return Descend(depth + 1, limit, mistakes) + depth;
    }
}
