// ring3: the driver is a process of its own, in ring 3, with its own address space; the network stack stays in the kernel. MINIX 3's
// and L4's way with drivers. Side by side with: ../monolithic/MonolithicPlacement.cs
using RingOS.Abi;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Ring3;

/// <summary>Privileged instructions fault as in ring 1, and its own page tables hold nothing that is not its own.</summary>
internal static class Ring3Placement
{
    public static Status Start(Nucleus nucleus, NicHardware nic, NetworkConfiguration configuration, out SocketLayer? sockets)
        => ServicePlacement.Start(nucleus, nic, configuration, Domain.Ring3, out sockets);
}
