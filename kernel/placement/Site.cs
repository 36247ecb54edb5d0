// What every placement is given. Next: KernelStack.cs
using RingOS.Net;

namespace RingOS.Kernel.Placement;

/// <summary>The kernel, the NIC, who this station is, and how the dials are set.</summary>
public sealed class Site(Nucleus nucleus, NicHardware nic, NetworkConfiguration configuration, Dials dials)
{
    public Nucleus Nucleus { get; } = nucleus;

    public NicHardware Nic { get; } = nic;

    public NetworkConfiguration Configuration { get; } = configuration;

    public Dials Dials { get; } = dials;
}
