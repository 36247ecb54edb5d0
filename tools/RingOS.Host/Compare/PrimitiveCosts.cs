// What the kernel's elementary operations cost, as the program `primitives` measures them. Next: Laboratory.cs
using System;
using System.Collections.Generic;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;

namespace RingOS.Host.Compare;

/// <summary>Ticks of elementary operations: under icount, instructions. Null where this machine did not measure one.</summary>
/// <param name="NullSyscall">Into the kernel and back.</param>
/// <param name="IpcRoundTrip">Call and reply between two address spaces.</param>
public sealed record PrimitiveCosts(long NullSyscall, long IpcRoundTrip)
{
    private const string Template = "primitives: ";

    public long? NullInterrupt { get; init; }
    public long? NullCallGate { get; init; }
    public long? IpcWithin { get; init; }
    public long? NotificationSignal { get; init; }
    public long? InterruptToDriver { get; init; }
    public long? AddressSpaceSwitch { get; init; }
    public long? KeySwitch { get; init; }
    public long? ThreadSwitch { get; init; }
    public long? ProcessCreation { get; init; }

    /// <summary>Reads the program's event.</summary>
    /// <exception cref="RingOsException">It is not there, or lacks the two numbers that every machine has.</exception>
    public static PrimitiveCosts Of(GuestRun run, string what)
    {
        LogEvent found = run.Events.LastStartingWith(Template)
            ?? throw new RingOsException($"{what}: the program ended without its event; the serial line ended with\n{run.LastLines}");
        return new PrimitiveCosts(found.RequiredNumber(nameof(NullSyscall)), found.RequiredNumber(nameof(IpcRoundTrip)))
        {
            NullInterrupt = found.Number(nameof(NullInterrupt)),
            NullCallGate = found.Number(nameof(NullCallGate)),
            IpcWithin = found.Number(nameof(IpcWithin)),
            NotificationSignal = found.Number(nameof(NotificationSignal)),
            InterruptToDriver = found.Number(nameof(InterruptToDriver)),
            AddressSpaceSwitch = found.Number(nameof(AddressSpaceSwitch)),
            KeySwitch = found.Number(nameof(KeySwitch)),
            ThreadSwitch = found.Number(nameof(ThreadSwitch)),
            ProcessCreation = found.Number(nameof(ProcessCreation)),
        };
    }
}

/// <summary>An elementary operation, as tables name it.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Cost">Picks it; null where it was not measured.</param>
public sealed record PrimitiveKind(string Title, Func<PrimitiveCosts, long?> Cost)
{
    /// <summary>All, from the cheapest way into the kernel to the dearest thing it does.</summary>
    public static readonly IReadOnlyList<PrimitiveKind> All =
    [
        new("null system call (syscall)", static costs => costs.NullSyscall),
        new("null system call (int 0x80)", static costs => costs.NullInterrupt),
        new("null system call (call gate)", static costs => costs.NullCallGate),
        new("IPC call and reply, two address spaces", static costs => costs.IpcRoundTrip),
        new("IPC call and reply, one address space", static costs => costs.IpcWithin),
        new("notification: signal and take", static costs => costs.NotificationSignal),
        new("interrupt to driver", static costs => costs.InterruptToDriver),
        new("address-space switch", static costs => costs.AddressSpaceSwitch),
        new("protection-key switch", static costs => costs.KeySwitch),
        new("thread switch", static costs => costs.ThreadSwitch),
        new("process creation", static costs => costs.ProcessCreation),
    ];
}
