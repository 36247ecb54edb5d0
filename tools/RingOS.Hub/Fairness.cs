// How equal shares are. Used by: Report/ShareSection.cs
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Hub;

/// <summary>Jain's index of fairness. Jain, Chiu and Hawe, DEC TR-301, 1984.</summary>
public static class Fairness
{
    /// <summary>Equal shares: 1; one of n has all: 1 / n; nobody has any: 0.</summary>
    public static double Jain(IEnumerable<double> amounts)
    {
        double[] all = [.. amounts];
        double squares = all.Sum(static amount => amount * amount);
        return squares == 0 ? 0 : all.Sum() * all.Sum() / (squares * all.Length);
    }
}
