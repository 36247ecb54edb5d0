// Exact counts around the data datagrams, for the host tool. Counters: lib/Abi, KernelCounter. Back to: IperfCommand.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Reads the kernel's counters just outside the window and prints what they grew by inside.</summary>
public sealed class MeasuredWindow
{
    private const int Counters = (int)KernelCounter.Count;

    private readonly ulong[] _first = new ulong[Counters];
    private readonly ulong[] _before = new ulong[Counters];
    private readonly ulong[] _after = new ulong[Counters];
    private readonly int _kernel = Files.Open("/dev/kernel"u8);
    private ulong _idleBefore;
    private ulong _idleAfter;

    /// <summary>Right before the first datagram.</summary>
    public void Open()
    {
        _idleBefore = Clock.IdleTicks;
        Read(_first);
        Read(_before);
    }

    /// <summary>Right after the last datagram.</summary>
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

    /// <summary>Prints the event. Names are those of <see cref="KernelCounter"/>.</summary>
    public void Print(DatagramSender sender, int length, ServerReport? report)
    {
        EventLine line = new EventLine().Begin(
            Clock.WallNanoseconds, "iperf window: {Datagrams} datagrams of {Bytes} bytes in {WindowTicks} ticks"u8);
        line.Add("Datagrams"u8, sender.Datagrams).Add("Bytes"u8, (ulong)length).Add("WriteErrors"u8, sender.WriteErrors);
        line.Add("WindowTicks"u8, sender.EndTicks - sender.BeginTicks).Add("IdleTicks"u8, _idleAfter - _idleBefore);
        line.Add("TicksPerSecond"u8, Clock.TicksPerSecond);
        AddCounter(line, "RingCrossings"u8, KernelCounter.RingCrossings);
        AddCounter(line, "AddressSpaceSwitches"u8, KernelCounter.AddressSpaceSwitches);
        AddCounter(line, "ThreadSwitches"u8, KernelCounter.ThreadSwitches);
        AddCounter(line, "Messages"u8, KernelCounter.Messages);
        AddCounter(line, "Notifications"u8, KernelCounter.Notifications);
        AddCounter(line, "Interrupts"u8, KernelCounter.Interrupts);
        AddCounter(line, "CopiedBytes"u8, KernelCounter.CopiedBytes);
        AddCounter(line, "Syscalls"u8, KernelCounter.Syscalls);
        AddReport(line, report);
        line.End();
    }

    private void AddCounter(EventLine line, ReadOnlySpan<byte> name, KernelCounter counter)
    {
        if (_kernel < 0)
            line.AddNull(name);
        else
            line.Add(name, Growth(counter));
    }

    private static void AddReport(EventLine line, ServerReport? report)
    {
        if (report is null)
            line.AddNull("ServerReceived"u8).AddNull("ServerLost"u8).AddNull("ServerOutOfOrder"u8);
        else
            line.Add("ServerReceived"u8, report.Received).Add("ServerLost"u8, report.Lost).Add("ServerOutOfOrder"u8, report.OutOfOrder);
    }

    private void Read(Span<ulong> counters)
    {
        if (_kernel >= 0)
            _ = Files.ReadCounters(_kernel, IoctlRequest.GetKernelCounters, counters);
    }
}
