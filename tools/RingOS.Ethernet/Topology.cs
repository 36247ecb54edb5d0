// What the stations are plugged into. Next: MediumOptions.cs
namespace RingOS.Ethernet;

/// <summary>The box in the middle of the star.</summary>
public enum Topology
{
    /// <summary>A repeater: half duplex, one collision domain, everyone hears everything.</summary>
    Hub,

    /// <summary>Full duplex, store and forward: no collisions, but finite queues.</summary>
    Switch,
}
