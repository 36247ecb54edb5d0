// What happens at a switch. Next: SwitchMedium.cs
namespace RingOS.Ethernet;

/// <summary>Kinds of events.</summary>
internal enum SwitchEventKind
{
    /// <summary>A station begins a frame.</summary>
    Begin,

    /// <summary>Its last bit leaves the station.</summary>
    End,

    /// <summary>Its last bit reaches the switch.</summary>
    Arrive,

    /// <summary>A port has sent a frame and kept the gap.</summary>
    PortFree,

    /// <summary>The last bit reaches another station.</summary>
    Receive,
}

/// <param name="Kind">What happens.</param>
/// <param name="Station">To the station, or at its port.</param>
/// <param name="Frame">Null for <see cref="SwitchEventKind.PortFree"/>.</param>
internal readonly record struct SwitchEvent(SwitchEventKind Kind, int Station, Frame? Frame);
