// From counts by address to layers, profile, rings, events. design.md section 7. Rules: LayerRules.cs, EventRules.cs. Next: CountedEvents.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Instrument;

namespace RingOS.Trace;

/// <summary>Explains where the instructions of a counted run went.</summary>
/// <param name="symbols">The images that were loaded.</param>
/// <param name="layers">Which method belongs to which layer; the instrument's plan was made by the same.</param>
/// <param name="events">Which instructions mean which event.</param>
public sealed class CountAnalyzer(SymbolMap symbols, LayerMap layers, EventRules events)
{
    /// <summary>An analyzer with the rules of RingOS.</summary>
    public CountAnalyzer(SymbolMap symbols)
        : this(symbols, LayerMap.Default, EventRules.Default)
    {
    }

    /// <exception cref="TraceFormatException">The counts contradict each other.</exception>
    public TraceReport Analyze(InstructionCounts counts)
    {
        long[] perMethod = new long[symbols.Methods.Count];
        long[] entries = new long[symbols.Methods.Count];
        long[] perLevel = new long[PrivilegeLevels.Count];
        foreach (CountedInstruction instruction in counts.Instructions)
        {
            SymbolRange? range = symbols.RangeAt(instruction.Address) is >= 0 and int index ? symbols.Ranges[index] : null;
            perMethod[(range?.Method ?? symbols.Unknown).Index] += instruction.Count;
            perLevel[PrivilegeLevels.Of(instruction.Address)] += instruction.Count;
            if (range is not null && range.Start == instruction.Address && range.Label == range.Method.Name)
                entries[range.Method.Index] += instruction.Count;
        }
        return new TraceReport(perMethod.Sum(), Layers(perMethod, counts.HelpersByLayer), Methods(perMethod, entries), perLevel,
            new CountedEvents(symbols, events, counts.Instructions).Result())
        {
            InterruptsToDriver = counts.InterruptsToDriver,
        };
    }

    private Dictionary<Layer, long> Layers(long[] perMethod, IReadOnlyList<long> helpersByLayer)
    {
        Dictionary<Layer, long> byLayer = Enum.GetValues<Layer>().ToDictionary(static layer => layer, layer => helpersByLayer[(int)layer]);
        long ofHelpers = 0;
        foreach (Method method in symbols.Methods)
        {
            Layer? layer = method == symbols.Unknown ? Layer.Other : layers.LayerOf(method);
            if (layer is Layer own)
                byLayer[own] += perMethod[method.Index];
            else
                ofHelpers += perMethod[method.Index];
        }
        long credited = helpersByLayer.Sum();
        return ofHelpers == credited
            ? byLayer
            : throw new TraceFormatException($"the instrument counted {ofHelpers} instructions of helpers, but {credited} for their callers");
    }

    private List<MethodCount> Methods(long[] perMethod, long[] entries)
        => symbols.Methods
            .Where(method => perMethod[method.Index] != 0)
            .Select(method => new MethodCount(method, perMethod[method.Index], entries[method.Index]))
            .OrderByDescending(static row => row.Instructions)
            .ThenBy(static row => row.Method.Index)
            .ToList();
}
