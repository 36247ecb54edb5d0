// Who makes the driver of a placement in the kernel's own image. Next: nics/NicKind.cs
using RingOS.Hardware;
using RingOS.Kernel.Placement.Nics;

namespace RingOS.Kernel.Placement;

/// <summary>Makes drivers from grants. The placements do not care which; the fault injector puts its own layer in between.</summary>
public interface IDriverFactory
{
    /// <summary>A driver that has not been started; called again for every restart, with a fresh grant.</summary>
    INicDriver Create(NicKind nic, NicGrant grant, INicEvents events);
}

/// <summary>The drivers as they are.</summary>
public sealed class DriverFactory : IDriverFactory
{
    public INicDriver Create(NicKind nic, NicGrant grant, INicEvents events) => nic.CreateDriver(grant, events);
}
