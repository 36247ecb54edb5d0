// ring1-keys: ring 1 made useful again. While it runs, supervisor protection keys deny it every page of the kernel.
// Side by side with: ../ring1/Ring1Placement.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Ring1Keys;

/// <summary>Arms the keys, takes away the ways in that do not know of them, and goes on as ring1.</summary>
internal static class Ring1KeysPlacement
{
    public static Status Start(Nucleus nucleus, NicHardware nic, NetworkConfiguration configuration, out SocketLayer? sockets)
    {
        sockets = null;
        if (!ProtectionKeys.Arm())
            return Status.NotPermitted;
        nucleus.DescriptorTables.CloseGates();
        return ServicePlacement.Start(nucleus, nic, configuration, Domain.Ring1WithKeys, out sockets);
    }
}
