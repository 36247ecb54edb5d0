// One pass over a window of a trace: layers, profile, rings, events. design.md section 7. Next: TraceReport.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>Explains where the instructions of a window went.</summary>
/// <param name="symbols">The images that were loaded.</param>
/// <param name="layers">Which method belongs to which layer.</param>
/// <param name="events">Which labels mean which event.</param>
public sealed class TraceAnalyzer(SymbolMap symbols, LayerMap layers, EventRules events)
{
    private const int Levels = 4;

    /// <summary>An analyzer with the rules of RingOS.</summary>
    public TraceAnalyzer(SymbolMap symbols)
        : this(symbols, LayerMap.Default, EventRules.Default)
    {
    }

    /// <summary>The report on a window. A crossing or an entry belongs to the window that holds its second instruction.</summary>
    public TraceReport Analyze(ExecutionTrace trace, TraceWindow window)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(window.Start);
        ArgumentOutOfRangeException.ThrowIfNegative(window.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window.End, trace.Count);
        Pass pass = new(symbols, layers, events, Before(trace, window));
        for (int i = window.Start; i < window.End; i++)
            pass.Count(trace[i]);
        return pass.Result(window.Length);
    }

    // What stands just before the window decides whether its first instruction is a crossing. Without one, nothing is.
    private static TracedInstruction Before(ExecutionTrace trace, TraceWindow window)
    {
        if (window.Start > 0)
            return trace[window.Start - 1];
        return window.Length > 0 ? new TracedInstruction(0, trace.CplAt(window.Start)) : default;
    }

    private sealed class Pass
    {
        private readonly SymbolMap _symbols;
        private readonly LayerCounter _layers;
        private readonly EventCounter _events;
        private readonly long[] _perMethod;
        private readonly long[] _entries;
        private readonly long[] _perCpl = new long[Levels];
        private int _range;

        public Pass(SymbolMap symbols, LayerMap layers, EventRules events, TracedInstruction before)
        {
            _symbols = symbols;
            _range = symbols.RangeAt(before.Address);
            _layers = new LayerCounter(symbols, layers, symbols.MethodAt(before.Address));
            _events = new EventCounter(symbols, events, before.Cpl, _range);
            _perMethod = new long[symbols.Methods.Count];
            _entries = new long[symbols.Methods.Count];
        }

        public void Count(TracedInstruction instruction)
        {
            if (_range < 0 || !_symbols.Ranges[_range].Contains(instruction.Address))
                _range = _symbols.RangeAt(instruction.Address);
            Method method = _range < 0 ? _symbols.Unknown : _symbols.Ranges[_range].Method;
            bool isFirst = _range >= 0 && _symbols.Ranges[_range].Start == instruction.Address;
            _layers.Count(method, isFirst);
            _events.Count(instruction, _range, isFirst);
            _perMethod[method.Index]++;
            _perCpl[instruction.Cpl]++;
            if (isFirst && _symbols.Ranges[_range].Label == method.Name)
                _entries[method.Index]++;
        }

        public TraceReport Result(int instructions)
            => new(instructions, _layers.Result(), Methods(), _perCpl, _events.Result());

        private List<MethodCount> Methods()
            => _symbols.Methods
                .Where(method => _perMethod[method.Index] != 0)
                .Select(method => new MethodCount(method, _perMethod[method.Index], _entries[method.Index]))
                .OrderByDescending(row => row.Instructions)
                .ThenBy(row => row.Method.Index)
                .ToList();
    }
}
