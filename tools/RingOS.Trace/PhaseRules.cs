// Which code belongs to which phase of a write(): the whole assignment, as data. Next: PhaseReader.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>One line of the assignment; every given condition must hold.</summary>
/// <param name="Phase">The phase, or null for helpers: they count for whoever called them.</param>
/// <param name="Method">What the method's name contains.</param>
/// <param name="Source">What the source line contains. Finds a step that the compiler inlined into its caller.</param>
/// <param name="Layer">The method's layer (<see cref="LayerRules"/>).</param>
/// <param name="Where">In which images.</param>
/// <param name="After">Only once this phase has been seen since the method was entered.</param>
/// <param name="Without">Only as long as no method has run whose name contains this.</param>
public sealed record PhaseRule(
    Phase? Phase,
    string Method = "",
    string Source = "",
    Layer? Layer = null,
    PhaseImages Where = PhaseImages.All,
    Phase? After = null,
    string? Without = null)
{
    /// <summary>Whether all conditions but <see cref="After"/> and <see cref="Without"/> hold.</summary>
    public bool Matches(Method method, Layer? layer, SourceLine? line, PhaseImages image)
        => Where.HasFlag(image)
            && (Layer is null || Layer == layer)
            && method.Name.Contains(Method, StringComparison.Ordinal)
            && (Source.Length == 0 || (line is not null && line.Text.Contains(Source, StringComparison.Ordinal)));
}

/// <summary>A domain inside the kernel's image: what its methods' names begin with. It exists once its host has run.</summary>
/// <param name="Domain">Its name in lanes.</param>
/// <param name="Host">What the name of the host's methods contains.</param>
/// <param name="Prefixes">How the names of its methods begin; helpers belong to their callers' domain.</param>
public sealed record DomainRule(string Domain, string Host, IReadOnlyList<string> Prefixes)
{
    public bool Matches(Method method) => Prefixes.Any(prefix => method.Name.StartsWith(prefix, StringComparison.Ordinal));
}

/// <summary>Kinds of images.</summary>
[Flags]
public enum PhaseImages
{
    Kernel = 1,
    Application = 2,
    Service = 4,
    All = Kernel | Application | Service,
}

/// <summary>The rules of RingOS, in order: the first that matches decides.</summary>
public static class PhaseRules
{
    private const string SoftwareHost = "_SoftwareHost__";

    /// <summary>Elsewhere a domain is an image.</summary>
    public static IReadOnlyList<DomainRule> Domains { get; } = [new("driver", SoftwareHost, ["RingOS_Hosts_", "RingOS_Drivers_"])];

    public static IReadOnlyList<PhaseRule> Default { get; } =
    [
        new(Phase.Copy, Method: "copy_user"),
        new(Phase.Copy, Method: "_Cpu__CopyUser"),
        new(Phase.Copy, Method: "_UserMemory__CopyIn"),

        // The driver's steps are inlined into its entry points.
        new(Phase.Descriptor, Source: "_transmitRing.Add("),
        new(Phase.Descriptor, Method: "_TransmitSlots__Add"),
        new(Phase.Descriptor, Method: "_PacketCopier__Copy"),
        new(Phase.Doorbell, Source: "RingDoorbell("),
        new(Phase.Doorbell, Source: "TransmitDescriptorTail.Write("),
        new(Phase.Doorbell, Source: "driver.FlushTransmit(", After: Phase.Descriptor),
        // In the domain of its stack the driver reports to it by a plain call, inlined too.
        new(Phase.Completion, "Controller__OnInterrupt", "ReportTransmitted(", Where: PhaseImages.Kernel, Without: SoftwareHost),
        new(Phase.Report, Method: "Controller__OnInterrupt", Source: "ReportTransmitted("),
        new(Phase.Interrupt, Method: "Controller__OnInterrupt"),
        new(Phase.Report, Method: "_EventWriter__OnTransmitted"),
        new(null, Method: "MmioRegion__"),
        new(null, Method: "PortRegion__"),
        new(null, Method: "_EventRing"),
        new(null, Method: "_RequestRing"),

        // A link looks into the event ring when it says so, or after the answer has come if the compiler kept no line for it.
        new(Phase.Completion, Method: "Link__Drain"),
        new(Phase.Completion, Method: "Link__", Source: "Drain("),
        new(Phase.Completion, Method: "_NicClient__", Source: "Drain("),
        new(Phase.Completion, Method: "_NetHost__", Source: "Drain("),
        new(Phase.Completion, Method: "_MessageLink__", After: Phase.Switch),
        new(Phase.Completion, Method: "_NicClient__Transmit", After: Phase.Switch),
        new(Phase.Completion, Method: "_NicClient__HandOver", After: Phase.Switch),
        new(Phase.Completion, Method: "__OnTransmitted"),
        new(Phase.Completion, Method: "_SentFrames__Take"),

        new(Phase.Message, Layer: Layer.UserStub, Where: PhaseImages.Service),
        new(Phase.Message, Method: "_NetHost__"),
        new(Phase.Syscall, Method: "_LocalSockets__"), // plain calls are no messages
        new(Phase.Driver, Method: "_DirectHost__"),
        new(Phase.Program, Layer: Layer.Application),
        new(Phase.Stub, Layer: Layer.UserStub),
        new(Phase.Syscall, Layer: Layer.Syscall),
        new(Phase.Headers, Layer: Layer.Net),
        new(Phase.Message, Layer: Layer.Link),
        new(Phase.Switch, Layer: Layer.Switch),
        new(Phase.Driver, Layer: Layer.Driver),
        new(Phase.Interrupt, Layer: Layer.Interrupt),
        new(Phase.Other, Layer: Layer.Other),
        new(null),
    ];
}
