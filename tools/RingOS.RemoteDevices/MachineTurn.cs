// Machine and devices take turns: while the one runs, the other waits. The machine's end of it: tools/RingOS.Instrument/devices/Turn.cs.
// Next: RemoteBus.cs
using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using RingOS.Host;
using RingOS.Instrument;

namespace RingOS.RemoteDevices;

/// <summary>Whose turn it is, and what the machine has done to registers in its last one. <see cref="End"/> may be called by any thread.</summary>
public sealed unsafe class MachineTurn : IDisposable
{
    /// <summary>Accesses that a machine may make before it has to wait: more than a driver makes from an interrupt to the next halt.</summary>
    public const int MostAccesses = 2_000;

    private const int Page = 4096;

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(50); // for a cancellation

    private readonly SharedMapping _memory;
    private readonly AccessRow[] _accesses = new AccessRow[MostAccesses];

    /// <param name="effects">What accesses to the window do, for each four bytes of it.</param>
    /// <exception cref="RingOsException">There is no memory for it.</exception>
    public MachineTurn(ReadOnlySpan<RegisterEffect> effects)
    {
        int accesses = Page + ((effects.Length + Page - 1) & -Page);
        _memory = new SharedMapping("ringos-devices", accesses + (MostAccesses * AccessRow.Size));
        effects.CopyTo(MemoryMarshal.Cast<byte, RegisterEffect>(_memory.Bytes[Page..]));
        *Header = new DeviceHeader
        {
            Magic = DeviceHeader.MagicValue,
            Version = SharedHeader.CurrentVersion,
            Tool = (ulong)Environment.ProcessId,
            Effects = new Area { Offset = Page, Capacity = (ulong)effects.Length, Count = (ulong)effects.Length },
            Accesses = new Area { Offset = (ulong)accesses, Capacity = MostAccesses },
        };
        AccessesStart = accesses;
    }

    /// <summary>Where QEMU finds it.</summary>
    public string Path => _memory.Path;

    /// <summary>One of <see cref="MachineState"/>; whatever else stands there is as if it were gone.</summary>
    public int State => Volatile.Read(ref Header->State) is int state and >= MachineState.Runs and <= MachineState.Gone ? state : MachineState.Gone;

    // SAFETY, here and below: the memory is longer than the header, and mapped until this object is disposed.
    internal DeviceHeader* Header => (DeviceHeader*)_memory.Start;

    private int AccessesStart { get; }

    private int* Word => &Header->State;

    /// <summary>Waits while the machine runs.</summary>
    /// <returns>Its state; <see cref="MachineState.Runs"/> when the limit has passed.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public int Wait(TimeSpan limit, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        while (State == MachineState.Runs)
        {
            cancellation.ThrowIfCancellationRequested();
            TimeSpan rest = limit - Stopwatch.GetElapsedTime(started);
            if (rest <= TimeSpan.Zero)
                break;
            Futex.Wait(Word, MachineState.Runs, rest < s_lookAgain ? rest : s_lookAgain);
        }
        return State;
    }

    /// <summary>What the machine has accessed since this was called last. It must not run.</summary>
    /// <exception cref="DamagedMemoryException">That is no such list.</exception>
    public ReadOnlySpan<AccessRow> TakeAccesses()
    {
        ulong count = Header->Accesses.Count;
        if (count > MostAccesses)
            throw new DamagedMemoryException($"{count} register accesses where there is room for {MostAccesses}");
        MemoryMarshal.Cast<byte, AccessRow>(_memory.Bytes[AccessesStart..])[..(int)count].CopyTo(_accesses); // a copy does not change any more
        Header->Accesses.Count = 0;
        return _accesses.AsSpan(0, (int)count);
    }

    /// <summary>It is the machine's turn. False if it is gone.</summary>
    public bool Pass()
    {
        int state = State;
        if (state == MachineState.Gone || Interlocked.CompareExchange(ref Unsafe.AsRef<int>(Word), MachineState.Runs, state) != state)
            return false;
        Futex.Wake(Word);
        return true;
    }

    /// <summary>The machine is gone, or must go: whoever waits need not any more.</summary>
    public void End()
    {
        Volatile.Write(ref Header->State, MachineState.Gone);
        Futex.Wake(Word);
    }

    public void Dispose() => _memory.Dispose();
}

/// <summary>What QEMU left in the memory it shares with its devices makes no sense. The message is one line for people.</summary>
public sealed class DamagedMemoryException(string message) : Exception(message);
