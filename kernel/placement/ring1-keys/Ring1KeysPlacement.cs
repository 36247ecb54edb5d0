// ring1-keys: ring 1 made useful again. While it runs, supervisor protection keys deny it every page of the kernel.
// Side by side with: ../ring1/Ring1Placement.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Placement.Links;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Ring1Keys;

/// <summary>Arms the keys, takes away the ways in that do not know of them, and goes on as ring1.</summary>
internal static class Ring1KeysPlacement
{
    public static Status Start(Site site, out SocketLayer? sockets)
    {
        sockets = null;
        if (!ProtectionKeys.Arm())
            return Status.NotPermitted;
        site.Nucleus.DescriptorTables.CloseGates();
        ServiceDomain driver = new(site.Nucleus, site.Nic, site.Dials, Domain.Ring1WithKeys);
        return KernelStack.Start(site, driver, new MessageLink(site.Nucleus, driver, site.Dials), out sockets);
    }
}
