// The order to misbehave. Read from the kernel command line: native/FaultWords.cs. Next: FaultyDriver.cs
namespace RingOS.Hosts.Faulty;

/// <summary>Which fault, where, and when.</summary>
public sealed class FaultRequest(FaultKind kind, ulong address, ulong after)
{
    /// <summary>Frames that are sent well unless the request says otherwise.</summary>
    public const ulong DefaultAfter = 100;

    public FaultKind Kind { get; } = kind;

    /// <summary>Where a wild write goes.</summary>
    public ulong Address { get; } = address;

    /// <summary>The fault happens with this frame, counted from 1.</summary>
    public ulong After { get; } = after;
}
