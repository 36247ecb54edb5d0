// The stations of one write() on its way to the wire and back. design.md section 4. Next: PhaseRules.cs
using System;

namespace RingOS.Trace;

/// <summary>What an instruction does for a write(). Finer than <see cref="Layer"/> where a reader follows a single call.</summary>
public enum Phase
{
    /// <summary>The program itself, after write() has returned.</summary>
    Program,

    /// <summary>The user library around the `syscall` instruction.</summary>
    Stub,

    /// <summary>Entry, dispatch, checks and exit.</summary>
    Syscall,

    /// <summary>User bytes into a packet.</summary>
    Copy,

    /// <summary>The network stack writes UDP, IPv4 and Ethernet headers.</summary>
    Headers,

    /// <summary>A request or its answer on the way between two domains.</summary>
    Message,

    /// <summary>Another thread, or another address space.</summary>
    Switch,

    /// <summary>The NIC driver, less the steps below.</summary>
    Driver,

    /// <summary>The driver describes the frame to the device.</summary>
    Descriptor,

    /// <summary>The register write that starts the device.</summary>
    Doorbell,

    /// <summary>The device's interrupt: entry, dispatch, and the driver asking for its cause.</summary>
    Interrupt,

    /// <summary>The driver finds the frame done and says so in the event ring.</summary>
    Report,

    /// <summary>The network stack learns what became of the frame and has its packet back.</summary>
    Completion,

    /// <summary>The program and other writes, while this frame waits for its batch or its interrupt.</summary>
    Meanwhile,

    /// <summary>Nothing of the above.</summary>
    Other,
}

/// <summary>Phases as tables and JSON name them.</summary>
public static class PhaseNames
{
    /// <summary>"syscall", "copy", ...</summary>
    public static string Name(this Phase phase) => phase switch
    {
        Phase.Program => "program",
        Phase.Stub => "stub",
        Phase.Syscall => "syscall",
        Phase.Copy => "copy",
        Phase.Headers => "headers",
        Phase.Message => "message",
        Phase.Switch => "switch",
        Phase.Driver => "driver",
        Phase.Descriptor => "descriptor",
        Phase.Doorbell => "doorbell",
        Phase.Interrupt => "interrupt",
        Phase.Report => "report",
        Phase.Completion => "completion",
        Phase.Meanwhile => "meanwhile",
        Phase.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };
}
