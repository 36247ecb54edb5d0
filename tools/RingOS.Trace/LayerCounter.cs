// Shares instructions between layers. Rules: LayerRules.cs. Next: TraceAnalyzer.cs
using System;
using System.Collections.Generic;

namespace RingOS.Trace;

/// <summary>Fed with the instructions of a window in order; every one goes to exactly one layer.</summary>
internal sealed class LayerCounter
{
    private readonly Layer?[] _layerOfMethod;
    private readonly Layer?[] _callerOfHelper;
    private readonly long[] _counts = new long[Enum.GetValues<Layer>().Length];
    private Layer _previous;

    /// <param name="symbols">All methods.</param>
    /// <param name="layers">Their layers.</param>
    /// <param name="before">The method that ran just before the window.</param>
    public LayerCounter(SymbolMap symbols, LayerMap layers, Method before)
    {
        _layerOfMethod = new Layer?[symbols.Methods.Count];
        _callerOfHelper = new Layer?[symbols.Methods.Count];
        foreach (Method method in symbols.Methods)
            _layerOfMethod[method.Index] = layers.LayerOf(method);
        _layerOfMethod[symbols.Unknown.Index] = Layer.Other;
        _previous = _layerOfMethod[before.Index] ?? Layer.Other;
    }

    public void Count(Method method, bool isFirst)
    {
        _previous = _layerOfMethod[method.Index] ?? LayerOfHelper(method.Index, isFirst);
        _counts[(int)_previous]++;
    }

    public IReadOnlyDictionary<Layer, long> Result()
    {
        Dictionary<Layer, long> layers = [];
        foreach (Layer layer in Enum.GetValues<Layer>())
            layers.Add(layer, _counts[(int)layer]);
        return layers;
    }

    // A helper counts for the layer that was running when it was entered, also when an interrupt divides it.
    private Layer LayerOfHelper(int method, bool isFirst)
    {
        if (isFirst || _callerOfHelper[method] is null)
            _callerOfHelper[method] = _previous;
        return _callerOfHelper[method] ?? _previous;
    }
}
