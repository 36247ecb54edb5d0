// What the kernel's counters grow by in a window, exactly. Counters: lib/Abi, KernelCounter. Next: CounterNames.cs
using System;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>Reads the kernel's counters just outside the window and reports what they grew by inside.</summary>
public sealed class CounterWindow
{
    private const int Counters = (int)KernelCounter.Count;

    private readonly ulong[] _first = new ulong[Counters];
    private readonly ulong[] _before = new ulong[Counters];
    private readonly ulong[] _after = new ulong[Counters];
    private readonly int _kernel = Files.Open("/dev/kernel"u8);
    private ulong _idleBefore;
    private ulong _idleAfter;

    /// <summary>Ticks that the processor spent halted in the window.</summary>
    public ulong IdleTicks => _idleAfter - _idleBefore;

    /// <summary>Right before the window.</summary>
    public void Open()
    {
        _idleBefore = Clock.IdleTicks;
        Read(_first);
        Read(_before);
    }

    /// <summary>Right after it.</summary>
    public void Close()
    {
        Read(_after);
        _idleAfter = Clock.IdleTicks;
    }

    /// <summary>What a counter grew by, less what reading it makes it grow: the two reads before the window say how much that is.</summary>
    public ulong Growth(KernelCounter counter)
    {
        int index = (int)counter;
        ulong whole = _after[index] - _before[index];
        ulong reading = _before[index] - _first[index];
        return whole >= reading ? whole - reading : 0;
    }

    /// <summary>Adds every counter to an event, under its name in <see cref="KernelCounter"/>; null if the kernel does not tell.</summary>
    public void AddTo(EventLine line)
    {
        for (KernelCounter counter = 0; counter < KernelCounter.Count; counter++)
        {
            if (_kernel < 0)
                line.AddNull(CounterNames.Of(counter));
            else
                line.Add(CounterNames.Of(counter), Growth(counter));
        }
    }

    private void Read(Span<ulong> counters)
    {
        if (_kernel >= 0)
            _ = Files.ReadCounters(_kernel, IoctlRequest.GetKernelCounters, counters);
    }
}
