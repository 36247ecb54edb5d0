// The executed instructions of one run, eight bytes each. docs: design.md section 7. Next: RecordedRun.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>One executed instruction (or one iteration of a <c>rep</c> string instruction).</summary>
/// <param name="Address">Virtual address, canonical.</param>
/// <param name="Cpl">Current privilege level while it ran, 0..3.</param>
public readonly record struct TracedInstruction(ulong Address, int Cpl);

/// <summary>Instructions in the order of execution. An index into it is also a clock: one tick of the time-stamp counter each.</summary>
public sealed class ExecutionTrace
{
    private const int CplShift = 62;
    private const ulong AddressMask = (1ul << CplShift) - 1;
    private ulong[] _packed = new ulong[4096];

    public int Count { get; private set; }

    /// <summary>The instruction at an index of 0..<see cref="Count"/>-1.</summary>
    public TracedInstruction this[int index] => new(AddressAt(index), CplAt(index));

    public static ExecutionTrace Of(IEnumerable<TracedInstruction> instructions)
    {
        ExecutionTrace trace = new();
        foreach (TracedInstruction instruction in instructions)
            trace.Append(instruction.Address, instruction.Cpl);
        return trace;
    }

    /// <summary>The same of addresses alone, which say the ring.</summary>
    public static ExecutionTrace Of(IEnumerable<ulong> addresses)
        => Of(addresses.Select(static address => new TracedInstruction(address, PrivilegeLevels.Of(address))));

    // The two top bits of a canonical address repeat bit 61, so the privilege level can live there.
    public ulong AddressAt(int index) => (ulong)((long)(Packed(index) << 2) >> 2);

    public int CplAt(int index) => (int)(Packed(index) >> CplShift);

    public void Append(ulong address, int cpl)
    {
        if (Count == _packed.Length)
            Array.Resize(ref _packed, checked(Count * 2));
        _packed[Count++] = (address & AddressMask) | ((ulong)cpl << CplShift);
    }

    private ulong Packed(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _packed[index];
    }
}
