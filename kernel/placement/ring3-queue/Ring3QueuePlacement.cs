// ring3-queue: the walls of ring3, but requests lie in shared memory and nobody waits for an answer. seL4's sDDF does it so.
// Side by side with: ../ring3/Ring3Placement.cs
using RingOS.Abi;
using RingOS.Kernel.Placement.Links;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Ring3Queue;

/// <summary>One signal and one switch there and back for as many frames as are in the ring.</summary>
internal static class Ring3QueuePlacement
{
    public static Status Start(Site site, out SocketLayer? sockets)
    {
        ServiceDomain driver = new(site.Nucleus, site.Nic, site.Dials, Domain.Ring3);
        return KernelStack.Start(site, driver, new QueueLink(site.Nucleus, driver, site.Dials), out sockets);
    }
}
