// Which method belongs to which layer: the whole assignment, as data. Next: LayerMap.cs
using System;
using System.Collections.Generic;

namespace RingOS.Trace;

/// <summary>One line of the assignment; every given condition must hold.</summary>
/// <param name="Layer">The layer, or null for helpers: they count for whoever called them.</param>
/// <param name="Prefix">How the method's name begins.</param>
/// <param name="Contains">What its name contains.</param>
/// <param name="InApplication">Only methods of an application's image.</param>
public sealed record LayerRule(Layer? Layer, string Prefix = "", string Contains = "", bool InApplication = false)
{
    public bool Matches(Method method, bool isApplication)
        => (isApplication || !InApplication)
            && method.Name.StartsWith(Prefix, StringComparison.Ordinal)
            && method.Name.Contains(Contains, StringComparison.Ordinal);
}

/// <summary>The rules of RingOS, in order: the first that matches decides, and what none matches is <see cref="Layer.Other"/>.</summary>
public static class LayerRules
{
    /// <summary>Images whose own methods are the application.</summary>
    public static IReadOnlyList<string> ApplicationImages { get; } = ["iperf", "ping", "hello"];

    public static IReadOnlyList<LayerRule> Default { get; } =
    [
        // Helpers in every image: the core library, the runtime's assembly, shared layouts, compiler-made thunks.
        new(null, Prefix: "RingOS_CoreLib"),
        new(null, Prefix: "RingOS_Abi"),
        new(null, Prefix: "System_"),
        new(null, Prefix: "Internal_"),
        new(null, Prefix: "Object__"),
        new(null, Prefix: "String__"),
        new(null, Prefix: "Rh"),
        new(null, Prefix: "mem"),
        new(null, Prefix: "unbox_"),
        new(null, Prefix: "__"),
        new(null, Prefix: "RingOS_Hardware", Contains: "_PacketPool"),
        new(null, Prefix: "RingOS_Hardware", Contains: "_PacketIndex"),
        new(null, Prefix: "RingOS_Hardware", Contains: "_Clock"),
        new(null, Prefix: "RingOS_Hosts", Contains: "_ServicePorts__"),
        new(null, Prefix: "RingOS_Kernel", Contains: "_KernelPorts__"),

        new(null, Prefix: "read_time_stamp"),
        new(null, Prefix: "enable_interrupts"),
        new(null, Prefix: "disable_interrupts"),
        new(null, Prefix: "in8"),
        new(null, Prefix: "in16"),
        new(null, Prefix: "in32"),
        new(null, Prefix: "out8"),
        new(null, Prefix: "out16"),
        new(null, Prefix: "out32"),
        new(null, Prefix: "interface_dispatch"),
        new(null, Prefix: "resolve"),

        new(Layer.UserStub, Prefix: "RingOS_User"),
        new(Layer.UserStub, Prefix: "user_rdtsc"),
        new(Layer.UserStub, Prefix: "syscall_stub"),
        new(Layer.Net, Prefix: "RingOS_Net_"),
        new(Layer.Link, Prefix: "RingOS_Hosts"),
        new(Layer.Link, Prefix: "RingOS_NicService"),
        new(Layer.Link, Prefix: "RingOS_NetService", Contains: "_NicClient"),
        new(Layer.Net, Prefix: "RingOS_NetService"),
        new(Layer.Link, Prefix: "RingOS_Hardware", Contains: "_EventRing"),
        new(Layer.Driver, Prefix: "RingOS_Drivers"),
        new(Layer.Driver, Prefix: "RingOS_Hardware"),
        new(Layer.Application, InApplication: true),

        // Kernel methods, by namespace.
        new(Layer.Link, Prefix: "RingOS_Kernel", Contains: "_Syscalls_Call__"),
        new(Layer.Link, Prefix: "RingOS_Kernel", Contains: "_Syscalls_Receive__"),
        new(Layer.Link, Prefix: "RingOS_Kernel", Contains: "_Syscalls_ReplyReceive__"),
        new(Layer.Link, Prefix: "RingOS_Kernel", Contains: "_Syscalls_Signal__"),
        new(Layer.Link, Prefix: "RingOS_Kernel", Contains: "_Syscalls_Wait__"),
        new(Layer.Syscall, Prefix: "RingOS_Kernel", Contains: "_Syscalls_"),
        new(Layer.Link, Prefix: "RingOS_Kernel", Contains: "_Placement_"),
        new(Layer.Link, Prefix: "RingOS_Kernel", Contains: "_Ipc_"),
        new(Layer.Syscall, Prefix: "RingOS_Kernel", Contains: "_Threads_HandleTable"),
        new(Layer.Switch, Prefix: "RingOS_Kernel", Contains: "_Threads_"),
        new(Layer.Switch, Prefix: "RingOS_Kernel", Contains: "_X64Processor_"),
        new(Layer.Switch, Prefix: "RingOS_Kernel", Contains: "_KernelEntry__OnPreempt"),
        new(Layer.Interrupt, Prefix: "RingOS_Kernel", Contains: "_KernelEntry__"),
        new(Layer.Interrupt, Prefix: "RingOS_Kernel", Contains: "_InterruptController_"),
        new(Layer.Interrupt, Prefix: "RingOS_Kernel", Contains: "_LocalTimer_"),
        new(Layer.Syscall, Prefix: "RingOS_Kernel", Contains: "_Cpu__CopyUser"),
        new(Layer.Syscall, Prefix: "RingOS_Kernel", Contains: "_Sockets_"),
        new(Layer.Syscall, Prefix: "RingOS_Kernel", Contains: "_Memory_"),
        new(Layer.Interrupt, Prefix: "RingOS_Kernel", Contains: "_Interrupts_"),

        // Assembly routines.
        new(Layer.Syscall, Prefix: "syscall_"),
        new(Layer.Syscall, Prefix: "copy_"),
        new(Layer.Switch, Prefix: "context_switch"),
        new(Layer.Switch, Prefix: "halt_until_interrupt"), // the idle thread
        new(Layer.Interrupt, Prefix: "interrupt_"),
        new(Layer.Interrupt, Prefix: "isr_"),
    ];
}
