// Counts crossings, marked entries and copied bytes, instruction by instruction. Rules: EventRules.cs. Next: LayerCounter.cs
using System;
using System.Collections.Generic;

namespace RingOS.Trace;

/// <summary>Fed with the instructions of a window in order.</summary>
internal sealed class EventCounter
{
    private const int Levels = 4;
    private const int LongestInstruction = 15; // bytes; Intel SDM volume 2, 2.3.11

    private readonly TraceEventKind[] _kindOfRange;
    private readonly int[] _bytesPerRepeatOfRange;
    private readonly int[] _returnLevelOfRange;
    private readonly long[] _crossings = new long[Levels * Levels];
    private readonly long[] _events = new long[Enum.GetValues<TraceEventKind>().Length];
    private long _copiedBytes;
    private int _previousCpl;
    private int _previousRange;
    private ulong _copyAddress;
    private bool _copying;

    /// <param name="symbols">Where the rules' labels are.</param>
    /// <param name="rules">What counts.</param>
    /// <param name="cplBefore">Level of the instruction before the window.</param>
    /// <param name="rangeBefore">Its symbol.</param>
    public EventCounter(SymbolMap symbols, EventRules rules, int cplBefore, int rangeBefore)
    {
        _kindOfRange = new TraceEventKind[symbols.Ranges.Count];
        _bytesPerRepeatOfRange = new int[symbols.Ranges.Count];
        _returnLevelOfRange = new int[symbols.Ranges.Count];
        for (int i = 0; i < symbols.Ranges.Count; i++)
        {
            _returnLevelOfRange[i] = rules.ReturnLevel(symbols.Ranges[i].Label);
            _kindOfRange[i] = rules.KindOf(symbols.Ranges[i].Label);
            _bytesPerRepeatOfRange[i] = rules.BytesPerRepeat(symbols.Ranges[i].Label);
        }
        _previousCpl = cplBefore;
        _previousRange = rangeBefore;
    }

    /// <param name="instruction">The instruction that runs.</param>
    /// <param name="range">Its symbol; -1 if it has none.</param>
    /// <param name="isFirst">Whether it is the first of that symbol.</param>
    public void Count(TracedInstruction instruction, int range, bool isFirst)
    {
        if (instruction.Cpl != _previousCpl)
            _crossings[_previousCpl * Levels + instruction.Cpl]++;
        if (isFirst && range != _previousRange)
            CountEntry(_kindOfRange[range], instruction.Cpl);
        CountCopy(instruction.Address, range < 0 ? 0 : _bytesPerRepeatOfRange[range]);
        _previousCpl = instruction.Cpl;
        _previousRange = range;
    }

    public TraceEvents Result() => new()
    {
        CrossingsByKind = CrossingsByKind(),
        AddressSpaceSwitches = _events[(int)TraceEventKind.AddressSpaceSwitch],
        Messages = _events[(int)TraceEventKind.Message],
        Notifications = _events[(int)TraceEventKind.Notification],
        Interrupts = _events[(int)TraceEventKind.Interrupt],
        MmioReads = _events[(int)TraceEventKind.MmioRead],
        MmioWrites = _events[(int)TraceEventKind.MmioWrite],
        PortReads = _events[(int)TraceEventKind.PortRead],
        PortWrites = _events[(int)TraceEventKind.PortWrite],
        CopiedBytes = _copiedBytes,
    };

    // The kernel runs with interrupts off: one that follows a way out of it directly has come behind that way's last instruction.
    private void CountEntry(TraceEventKind kind, int cpl)
    {
        _events[(int)kind]++;
        if (kind != TraceEventKind.Interrupt || cpl != 0 || _previousCpl != 0 || _previousRange < 0)
            return;
        int level = _returnLevelOfRange[_previousRange];
        if (level == 0)
            return;
        _crossings[level]++;
        _crossings[level * Levels]++;
    }

    // `rep movsq` of n words is n+1 lines: each word, and the look at the counter that ends it. An interrupt may come between
    // two of them; only another instruction of the copy, or the one behind it, ends the run.
    private void CountCopy(ulong address, int bytesPerRepeat)
    {
        if (_copying && address == _copyAddress)
            _copiedBytes += bytesPerRepeat;
        else if (bytesPerRepeat != 0)
            (_copyAddress, _copying) = (address, true);
        else if (_copying && address - _copyAddress <= LongestInstruction)
            _copying = false;
    }

    private Dictionary<RingCrossing, long> CrossingsByKind()
    {
        Dictionary<RingCrossing, long> byKind = [];
        for (int i = 0; i < _crossings.Length; i++)
        {
            if (_crossings[i] != 0)
                byKind.Add(new RingCrossing(i / Levels, i % Levels), _crossings[i]);
        }
        return byKind;
    }
}
