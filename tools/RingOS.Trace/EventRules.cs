// Which labels mean an event, and which copy user bytes: as data. Next: EventCounter.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Instrument;

namespace RingOS.Trace;

/// <summary>Events recognised by the routine in which they happen.</summary>
public enum TraceEventKind
{
    None,
    AddressSpaceSwitch,
    Message,
    Notification,
    Interrupt,
    MmioRead,
    MmioWrite,
    PortRead,
    PortWrite,
}

/// <summary>The execution of the first instruction of a symbol that begins and ends so is an event.</summary>
public sealed record EventRule(TraceEventKind Kind, string Prefix = "", string Suffix = "")
{
    public bool Matches(string label)
        => label.StartsWith(Prefix, StringComparison.Ordinal) && label.EndsWith(Suffix, StringComparison.Ordinal);
}

/// <summary>In symbols that begin so, an instruction that repeats itself is a <c>rep</c> copy of this many bytes a time.</summary>
public sealed record CopyRule(string Prefix, int BytesPerRepeat);

/// <summary>
/// A way into the kernel or out of it that programs do not take by an instruction of theirs: interrupts, and returns.
/// </summary>
/// <param name="Label">The symbol; with a kind, how it begins.</param>
/// <param name="From">Level before.</param>
/// <param name="To">Level behind.</param>
/// <param name="Kind">Instructions of this kind; null for the symbol's first instruction.</param>
/// <param name="Sign">-1 where the symbol lies on the way of another rule's, and says that it was another ring.</param>
public sealed record CrossingRule(string Label, int From, int To, InstructionKind? Kind = null, int Sign = 1)
{
    public bool Matches(string label, bool isFirst, InstructionKind kind)
        => Kind is InstructionKind wanted ? kind == wanted && label.StartsWith(Label, StringComparison.Ordinal) : isFirst && label == Label;
}

/// <summary>
/// Symbols that begin so end with a return to a ring. An interrupt that waited for it comes before that ring's next instruction: two
/// crossings that no instruction's level shows.
/// </summary>
public sealed record ReturnRule(string Prefix, int Level);

/// <summary>Where a device's interrupt enters the kernel, and where it reaches the driver.</summary>
/// <param name="EntryPrefix">How an entry's label begins; the vector follows.</param>
/// <param name="FirstVector">Line 0 of kernel/arch/x64/InterruptController.cs; the timer is none of its lines.</param>
/// <param name="Lines">How many there are.</param>
/// <param name="MessageVector">What a device that interrupts by message sends: kernel/interrupts/MessageLine.cs.</param>
/// <param name="HandlerSuffix">How the name of the driver's handler ends.</param>
public sealed record DeviceRule(string EntryPrefix, int FirstVector, int Lines, int MessageVector, string HandlerSuffix)
{
    public bool IsEntry(string label)
        => label.StartsWith(EntryPrefix, StringComparison.Ordinal)
            && int.TryParse(label.AsSpan(EntryPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int vector)
            && (vector == MessageVector || (vector >= FirstVector && vector < FirstVector + Lines));

    public bool IsHandler(string label) => label.EndsWith(HandlerSuffix, StringComparison.Ordinal);
}

/// <summary>What is counted, and how it is recognised. In each list the first match decides.</summary>
public sealed record EventRules(
    IReadOnlyList<EventRule> Events, IReadOnlyList<CopyRule> Copies, IReadOnlyList<ReturnRule> Returns, DeviceRule Device)
{
    /// <summary>kernel/arch/x64/entry.asm: which label or instruction is reached by which crossing.</summary>
    public IReadOnlyList<CrossingRule> Crossings { get; init; } =
    [
        new("interrupt_entry", From: 3, To: 0),
        new("interrupt_from_kernel", From: 3, To: 0, Sign: -1),
        new("interrupt_entry.from_ring1", From: 3, To: 0, Sign: -1),
        new("interrupt_entry.from_ring1", From: 1, To: 0),
        new("interrupt_return", From: 0, To: 3, InstructionKind.InterruptReturn),
        new("interrupt_return.to_ring1", From: 0, To: 3, Sign: -1),
        new("interrupt_return.to_ring1", From: 0, To: 1),
        new("syscall_entry", From: 0, To: 3, InstructionKind.SyscallReturn),
        new("syscall_entry", From: 0, To: 1, InstructionKind.InterruptReturn),
    ];

    public static EventRules Default { get; } = new(
        [
            new(TraceEventKind.AddressSpaceSwitch, Suffix: ".load_cr3"),
            new(TraceEventKind.Message, Suffix: "Endpoint__Transfer"),
            new(TraceEventKind.Notification, Suffix: "Notification__Signal"),
            new(TraceEventKind.None, Prefix: "isr_common"), // where all vectors go on: the same interrupt
            new(TraceEventKind.Interrupt, Prefix: "isr_"),
            new(TraceEventKind.MmioRead, Prefix: "RingOS_Hardware_RingOS_Hardware_MappedMmioRegion__MmioLoad"), // and those of 8 and 16 bits
            new(TraceEventKind.MmioWrite, Prefix: "RingOS_Hardware_RingOS_Hardware_MappedMmioRegion__MmioStore"),
            new(TraceEventKind.PortRead, Prefix: "RingOS_Hardware_RingOS_Hardware_PortRegion__PortIn"), // a driver's, not the kernel's own
            new(TraceEventKind.PortWrite, Prefix: "RingOS_Hardware_RingOS_Hardware_PortRegion__PortOut"),
        ],
        [
            new("copy_user.bytes", 1), // `rep movsb` of less than 8 bytes
            new("copy_user", 8), // `rep movsq`
        ],
        [
            new("syscall_entry", 3), // sysret
            new("gate_call", 1), // retf
            new("interrupt_return", 3), // iretq
        ],
        new("isr_", FirstVector: 0x20, Lines: 16, MessageVector: 0x50, "Controller__OnInterrupt"));

    /// <summary>The same rules with another label, or labels, at the instruction that changes the address space.</summary>
    public EventRules WithAddressSpaceMarkers(params string[] labels) => this with
    {
        Events =
        [
            .. labels.Select(label => new EventRule(TraceEventKind.AddressSpaceSwitch, Prefix: label)),
            .. Events.Where(rule => rule.Kind != TraceEventKind.AddressSpaceSwitch),
        ],
    };

    /// <summary>A routine that loads or stores registers of devices.</summary>
    public bool IsRegisterAccess(string label) => KindOf(label) is TraceEventKind.MmioRead or TraceEventKind.MmioWrite;

    internal TraceEventKind KindOf(string label)
        => Events.FirstOrDefault(rule => rule.Matches(label))?.Kind ?? TraceEventKind.None;

    /// <summary>The level a symbol returns to; 0 if it is no way out of the kernel.</summary>
    internal int ReturnLevel(string label)
        => Returns.FirstOrDefault(rule => label.StartsWith(rule.Prefix, StringComparison.Ordinal))?.Level ?? 0;

    internal int BytesPerRepeat(string label)
        => Copies.FirstOrDefault(rule => label.StartsWith(rule.Prefix, StringComparison.Ordinal))?.BytesPerRepeat ?? 0;
}
