// How many instructions lie between a device's interrupt and its driver. Rules: EventRules.cs. Next: LayerCounter.cs
using System.Collections.Generic;

namespace RingOS.Trace;

/// <summary>
/// Fed with the instructions of a window in order. It runs from the first instruction of a device's entry into the kernel to the first
/// of the driver's handler that follows; a handler that was called for another reason than an interrupt is not counted.
/// </summary>
internal sealed class InterruptStopwatch
{
    private const int Stopped = -1;

    private readonly bool[] _isEntry;
    private readonly bool[] _isHandler;
    private readonly List<int> _found = [];
    private int _now;
    private int _begun = Stopped;

    /// <param name="symbols">Where the rule's labels are.</param>
    /// <param name="rule">Which those are.</param>
    public InterruptStopwatch(SymbolMap symbols, DeviceRule rule)
    {
        _isEntry = new bool[symbols.Ranges.Count];
        _isHandler = new bool[symbols.Ranges.Count];
        for (int i = 0; i < symbols.Ranges.Count; i++)
        {
            _isEntry[i] = rule.IsEntry(symbols.Ranges[i].Label);
            _isHandler[i] = rule.IsHandler(symbols.Ranges[i].Label);
        }
    }

    /// <param name="range">The symbol of the instruction that runs; -1 if it has none.</param>
    /// <param name="isFirst">Whether it is the first of that symbol.</param>
    public void Count(int range, bool isFirst)
    {
        if (isFirst)
            Enter(range);
        _now++;
    }

    /// <summary>The counts, in the order of the interrupts.</summary>
    public IReadOnlyList<int> Result() => _found;

    private void Enter(int range)
    {
        if (_isEntry[range])
            _begun = _now;
        if (!_isHandler[range] || _begun == Stopped)
            return;
        _found.Add(_now - _begun);
        _begun = Stopped;
    }
}
