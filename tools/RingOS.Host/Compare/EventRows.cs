// The events a comparison shows per datagram: one list for the table and for the JSON. Next: ComparisonJson.cs
using System;
using System.Collections.Generic;

namespace RingOS.Host.Compare;

/// <summary>One kind of event.</summary>
/// <param name="JsonName">Its name in the JSON file.</param>
/// <param name="Title">Its name in the table.</param>
/// <param name="PerDatagram">How many of them a datagram cost.</param>
public sealed record EventRow(string JsonName, string Title, Func<PlacementResult, double> PerDatagram);

/// <summary>The kinds: of the counted run the kernel's counters, which the instrument's confirm, and device accesses by the instrument.</summary>
public static class EventRows
{
    public static readonly IReadOnlyList<EventRow> All =
    [
        Counted("ringCrossings", "ring crossings", static counts => counts.RingCrossings),
        Counted("addressSpaceSwitches", "address-space switches", static counts => counts.AddressSpaceSwitches),
        Counted("threadSwitches", "thread switches", static counts => counts.ThreadSwitches),
        Counted("messages", "messages", static counts => counts.Messages),
        Counted("notifications", "notifications", static counts => counts.Notifications),
        Counted("interrupts", "interrupts", static counts => counts.Interrupts),
        Counted("syscalls", "system calls", static counts => counts.Syscalls),
        Counted("copiedBytes", "copied bytes", static counts => counts.CopiedBytes),
        new("mmioReads", "MMIO reads", static placement => placement.Profile.MmioReads),
        new("mmioWrites", "MMIO writes", static placement => placement.Profile.MmioWrites),
    ];

    private static EventRow Counted(string jsonName, string title, Func<EventCounts, long> count)
        => new(jsonName, title, placement => (double)count(placement.Counted.Window.Counts) / placement.Counted.Window.Datagrams);
}
