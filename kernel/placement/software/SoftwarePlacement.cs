// software: the driver is in ring 0 and in the kernel's memory, in a thread of its own. No hardware stands between them: C# does, which
// gives a driver without unsafe code no way to what it was not handed. Singularity's way. Side by side with: ../ring1/Ring1Placement.cs
using RingOS.Abi;
using RingOS.Kernel.Placement.Links;
using RingOS.Kernel.Sockets;

namespace RingOS.Kernel.Placement.Software;

/// <summary>A message a request, as for a driver in another ring, but neither crossing nor switch of address space.</summary>
internal static class SoftwarePlacement
{
    public static Status Start(Site site, IDriverFactory drivers, out SocketLayer? sockets)
    {
        SoftwareDomain driver = new(site, drivers);
        return KernelStack.Start(site, driver, new MessageLink(site.Nucleus, driver, site.Dials), out sockets);
    }
}
