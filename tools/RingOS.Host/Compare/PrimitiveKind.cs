// The elementary operations as tables name them, and where each figure comes from. Next: Laboratory.cs
using System;
using System.Collections.Generic;

namespace RingOS.Host.Compare;

/// <summary>An elementary operation.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Cost">Picks it; null where it was not measured.</param>
public sealed record PrimitiveKind(string Title, Func<PrimitiveCosts, long?> Cost)
{
    /// <summary>The arithmetic behind it, with the numbers; null if it was measured as it stands.</summary>
    public Func<PrimitiveCosts, string>? Sum { get; init; }

    /// <summary>What it consists of, where the name does not say it.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>So many times the others that bars beside it would vanish.</summary>
    public bool IsLarge { get; init; }

    /// <summary>All, from the cheapest way into the kernel to the dearest thing it does.</summary>
    public static readonly IReadOnlyList<PrimitiveKind> All =
    [
        new("null system call (syscall)", static costs => costs.NullSyscall),
        new("null system call (int 0x80)", static costs => costs.NullInterrupt),
        new("null system call (call gate)", static costs => costs.NullCallGate),
        new("null call from ring 1 (syscall)", static costs => costs.Ring1Syscall)
        {
            Meaning = "The peer calls, from ring 1. Only the way in is syscall's: sysret leads to ring 3, so the way back is iretq.",
        },
        new("null call from ring 1 (int 0x80)", static costs => costs.Ring1Interrupt) { Meaning = "The same; back by iretq." },
        new("null call from ring 1 (call gate)", static costs => costs.Ring1CallGate) { Meaning = "The same; back by a far return." },
        new("null call from ring 1 with keys (syscall)", static costs => costs.Ring1KeysSyscall)
        {
            Meaning = "The same with protection keys: lifted on the way in, put back on the way out. The other two ways are closed then: "
                + "they push into memory before the kernel can lift anything.",
        },
        new("IPC call and reply, two address spaces", static costs => costs.IpcRoundTrip) { Meaning = "The peer is in ring 3." },
        new("IPC call and reply, one address space", static costs => costs.IpcWithin)
        {
            Meaning = "The peer is in ring 1, in the kernel's half of the program's own address space. It is entered by iretq instead of "
                + "sysret, a few instructions longer.",
        },
        new("IPC call and reply, one space, keys", static costs => costs.IpcWithinKeys)
        {
            Meaning = "The same peer behind protection keys.",
        },
        new("notification: signal and take", static costs => costs.NotificationSignal),
        new("address-space switch", static costs => costs.AddressSpaceSwitch)
        {
            Sum = static costs => Half(costs.IpcRoundTrip, costs.IpcWithin),
            Meaning = "Half of what the round trip between two address spaces takes more than the one within one. sysret being shorter "
                + "than iretq, the switch itself is a little dearer than this.",
        },
        new("protection-key switch", static costs => costs.KeySwitch)
        {
            Sum = static costs => Half(costs.IpcWithinKeys, costs.IpcWithin),
            Meaning = "Half of what the round trip with keys takes more than the one without. A round trip has two: the key register is "
                + "written twice, the return frame goes by way of a page that ring 1 may read, and the SSE registers are reset twice.",
        },
        new("thread switch", static costs => costs.ThreadSwitch)
        {
            Meaning = "Half of what two signals and two waits take more when each finds the other side waiting; with the address space.",
        },
        new("process creation", static costs => costs.ProcessCreation)
        {
            IsLarge = true,
            Meaning = "To load the program `primitives`: page tables, relocations, a cleared heap. Not drawn, being so much more.",
        },
    ];

    private static string Half(long? more, long? less)
        => more is long large && less is long small ? FormattableString.Invariant($"({large:#,0} - {small:#,0}) / 2") : "";
}
