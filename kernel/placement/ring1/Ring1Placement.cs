// ring1: the driver is a process of its own in ring 1, in the kernel's half of memory. It cannot execute privileged instructions nor
// reach ports; but to page tables rings 0 to 2 are alike, so nothing keeps it from the kernel's memory. The lesson textbooks skip.
// Side by side with: ../ring1-keys/Ring1KeysPlacement.cs and ../ring3/Ring3Placement.cs
using RingOS.Abi;
using RingOS.Kernel.Placement.Links;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Ring1;

/// <summary>OS/2 had I/O code in ring 2, Xen its guests' kernels in ring 1.</summary>
internal static class Ring1Placement
{
    public static Status Start(Site site, out SocketLayer? sockets)
    {
        ServiceDomain driver = new(site.Nucleus, site.Nic, site.Dials, Domain.Ring1);
        return KernelStack.Start(site, driver, new MessageLink(site.Nucleus, driver, site.Dials), out sockets);
    }
}
