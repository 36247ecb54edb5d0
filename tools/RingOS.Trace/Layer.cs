// The layers that share an instruction count between them. design.md section 7. Next: LayerRules.cs
using System;

namespace RingOS.Trace;

/// <summary>What an instruction was executed for. Every instruction belongs to exactly one.</summary>
public enum Layer
{
    /// <summary>The program under measurement itself.</summary>
    Application,

    /// <summary>The user library between a program and the `syscall` instruction.</summary>
    UserStub,

    /// <summary>Entry, exit, dispatch, checks and the copy of user bytes.</summary>
    Syscall,

    /// <summary>The network stack: sockets, UDP, IPv4, Ethernet.</summary>
    Net,

    /// <summary>What carries a request to a driver or service and its answer back.</summary>
    Link,

    /// <summary>Choosing and changing threads and address spaces.</summary>
    Switch,

    /// <summary>The NIC driver and its register accesses.</summary>
    Driver,

    /// <summary>Interrupt entry, exit and dispatch.</summary>
    Interrupt,

    /// <summary>Nothing of the above, and addresses without a symbol. Stays below three per cent.</summary>
    Other,
}

/// <summary>Layers as tables and JSON name them.</summary>
public static class LayerNames
{
    /// <summary>"application", "user stub", ...</summary>
    public static string Name(this Layer layer) => layer switch
    {
        Layer.Application => "application",
        Layer.UserStub => "user stub",
        Layer.Syscall => "syscall",
        Layer.Net => "net",
        Layer.Link => "link",
        Layer.Switch => "switch",
        Layer.Driver => "driver",
        Layer.Interrupt => "interrupt",
        Layer.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(layer)),
    };
}
