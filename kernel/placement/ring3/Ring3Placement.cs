// ring3: the driver is a process of its own, in ring 3, with its own address space; the network stack stays in the kernel. MINIX 3's
// and L4's way with drivers. Side by side with: ../monolithic/MonolithicPlacement.cs
using RingOS.Abi;
using RingOS.Kernel.Placement.Links;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Ring3;

/// <summary>Every request to the driver is a synchronous message; its events come back through a ring in shared memory.</summary>
internal static class Ring3Placement
{
    public static Status Start(Site site, out SocketLayer? sockets)
    {
        ServiceDomain driver = new(site.Nucleus, site.Nic, site.Dials, Domain.Ring3);
        return KernelStack.Start(site, driver, new MessageLink(site.Nucleus, driver, site.Dials), out sockets);
    }
}
