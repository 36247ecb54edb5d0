// What the kernel's elementary operations cost, as the program `primitives` measures them. Next: PrimitiveKind.cs
using System;
using System.Linq;
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
    private const string StartTemplate = "process {Name} starts";
    private const string Program = "primitives";

    public long? NullInterrupt { get; init; }
    public long? NullCallGate { get; init; }

    /// <summary>The null system calls of a peer in ring 1.</summary>
    public long? Ring1Syscall { get; init; }
    public long? Ring1Interrupt { get; init; }
    public long? Ring1CallGate { get; init; }

    /// <summary>That of a peer in ring 1 with protection keys, where the other two ways are closed.</summary>
    public long? Ring1KeysSyscall { get; init; }

    /// <summary>Call and reply with a peer in ring 1, without a change of address space.</summary>
    public long? IpcWithin { get; init; }

    /// <summary>The same with protection keys.</summary>
    public long? IpcWithinKeys { get; init; }

    public long? NotificationSignal { get; init; }

    /// <summary>Half of what an IPC round trip takes more with a peer in an address space of its own.</summary>
    public long? AddressSpaceSwitch { get; init; }

    /// <summary>Half of what an IPC round trip takes more with a peer behind protection keys.</summary>
    public long? KeySwitch { get; init; }

    public long? ThreadSwitch { get; init; }

    /// <summary>To load the program `primitives`.</summary>
    public long? ProcessCreation { get; init; }

    /// <summary>Reads the program's event, and the kernel's on how long it took to load the program.</summary>
    /// <exception cref="RingOsException">The first is not there, or lacks the two numbers that every machine has.</exception>
    public static PrimitiveCosts Of(GuestRun run, string what)
    {
        LogEvent found = run.Events.LastStartingWith(Template)
            ?? throw new RingOsException($"{what}: the program ended without its event; the serial line ended with\n{run.LastLines}");
        return new PrimitiveCosts(found.RequiredNumber(nameof(NullSyscall)), found.RequiredNumber(nameof(IpcRoundTrip)))
        {
            NullInterrupt = found.Number(nameof(NullInterrupt)),
            NullCallGate = found.Number(nameof(NullCallGate)),
            Ring1Syscall = found.Number(nameof(Ring1Syscall)),
            Ring1Interrupt = found.Number(nameof(Ring1Interrupt)),
            Ring1CallGate = found.Number(nameof(Ring1CallGate)),
            NotificationSignal = found.Number(nameof(NotificationSignal)),
            ThreadSwitch = found.Number(nameof(ThreadSwitch)),
            ProcessCreation = LoadTicks(run),
        };
    }

    /// <summary>These, and what only shows beside runs with the peer elsewhere.</summary>
    /// <param name="within">With <see cref="PrimitivePeer.Within"/>; null if that run failed.</param>
    /// <param name="withKeys">With <see cref="PrimitivePeer.WithKeys"/>; null if that run failed.</param>
    public PrimitiveCosts Beside(PrimitiveCosts? within, PrimitiveCosts? withKeys) => this with
    {
        Ring1Syscall = within?.Ring1Syscall,
        Ring1Interrupt = within?.Ring1Interrupt,
        Ring1CallGate = within?.Ring1CallGate,
        Ring1KeysSyscall = withKeys?.Ring1Syscall,
        IpcWithin = within?.IpcRoundTrip,
        IpcWithinKeys = withKeys?.IpcRoundTrip,
        AddressSpaceSwitch = HalfOfDifference(IpcRoundTrip, within?.IpcRoundTrip),
        KeySwitch = HalfOfDifference(withKeys?.IpcRoundTrip, within?.IpcRoundTrip),
    };

    // A round trip goes there and back. By the clock a small difference may drown: then there is no figure.
    private static long? HalfOfDifference(long? more, long? less) => more >= less ? (more - less + 1) / 2 : null;

    private static long? LoadTicks(GuestRun run)
        => run.Events.LastOrDefault(static guestEvent => guestEvent.Word("Name") == Program
            && guestEvent.MessageTemplate.Text.StartsWith(StartTemplate, StringComparison.Ordinal))?.Number("LoadTicks");
}
