// Crossings, marked entries and copied bytes from how often instructions ran. Rules: EventRules.cs. Back to: CountAnalyzer.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Instrument;

namespace RingOS.Trace;

/// <summary>No order is needed: every way into the kernel and out of it has an instruction of its own.</summary>
internal sealed class CountedEvents
{
    private readonly SymbolMap _symbols;
    private readonly EventRules _rules;
    private readonly Dictionary<ulong, CountedInstruction> _at;
    private readonly long[] _events = new long[Enum.GetValues<TraceEventKind>().Length];
    private readonly Dictionary<RingCrossing, long> _crossings = [];
    private long _copiedBytes;

    public CountedEvents(SymbolMap symbols, EventRules rules, IReadOnlyList<CountedInstruction> instructions)
    {
        _symbols = symbols;
        _rules = rules;
        _at = instructions.ToDictionary(static instruction => instruction.Address);
        foreach (CountedInstruction instruction in instructions)
            Take(instruction);
    }

    public TraceEvents Result() => new()
    {
        CrossingsByKind = _crossings.Where(static kind => kind.Value != 0).ToDictionary(),
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

    private void Take(CountedInstruction instruction)
    {
        TakeRequest(instruction);
        int index = _symbols.RangeAt(instruction.Address);
        if (index < 0)
            return;
        SymbolRange range = _symbols.Ranges[index];
        bool isFirst = range.Start == instruction.Address;
        if (isFirst)
            _events[(int)_rules.KindOf(range.Label)] += instruction.Count;
        foreach (CrossingRule rule in _rules.Crossings.Where(rule => rule.Matches(range.Label, isFirst, instruction.Kind)))
            Add(rule.From, rule.To, rule.Sign * instruction.Count);
        if (instruction.Kind == InstructionKind.Repeat)
            _copiedBytes += _rules.BytesPerRepeat(range.Label) * (instruction.Count - EntriesOf(instruction, isFirst));
    }

    // Programs enter the kernel by these; a gate's caller goes on where it called.
    private void TakeRequest(CountedInstruction instruction)
    {
        int level = PrivilegeLevels.Of(instruction.Address);
        if (level == PrivilegeLevels.Kernel)
            return;
        if (instruction.Kind is InstructionKind.Syscall or InstructionKind.FarCall or InstructionKind.SoftwareInterrupt)
            Add(level, PrivilegeLevels.Kernel, instruction.Count);
        if (instruction.Kind is InstructionKind.FarCall or InstructionKind.SoftwareInterrupt)
            Add(PrivilegeLevels.Kernel, level, instruction.Count);
    }

    private void Add(int from, int to, long count)
    {
        RingCrossing kind = new(from, to);
        _crossings[kind] = _crossings.GetValueOrDefault(kind) + count;
    }

    // `rep movsq` of n words counts n+1: each word, and the look at the counter that ends it. How often it was begun, its neighbour says:
    // the instruction before it, or the one behind it where a jump leads to the copy itself.
    private long EntriesOf(CountedInstruction copy, bool isFirst)
    {
        if (isFirst)
            return _at.TryGetValue(copy.Address + (ulong)copy.Length, out CountedInstruction next) ? next.Count : 0;
        for (int length = 1; length <= LongestInstruction; length++)
        {
            if (_at.TryGetValue(copy.Address - (ulong)length, out CountedInstruction before) && before.Length == length)
                return before.Count;
        }
        return 0;
    }

    private const int LongestInstruction = 15; // bytes; Intel SDM volume 2, 2.3.11
}
