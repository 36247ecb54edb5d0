// monolithic: driver and network stack in ring 0, in the kernel's address space, by plain calls. No wall stands between them and the
// kernel. Side by side with: ../ring3/Ring3Placement.cs
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hosts.Direct;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Sockets;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Monolithic;

/// <summary>Linux's way, and Windows', and that of most.</summary>
internal static class MonolithicPlacement
{
    public static Status Start(Nucleus nucleus, NicHardware nic, NetworkConfiguration configuration, out SocketLayer? sockets)
    {
        KernelClock clock = new(nucleus.Scheduler);
        DirectHost host = new();
        LocalSockets local = new(nic.Packets, nucleus.Scheduler);
        local.Stack = new NetworkStack(nic.Packets, host, local, clock, configuration);
        host.Driver = new E1000Controller(nic.MintKernelGrant(clock), local.Stack);
        sockets = local;
        Status status = host.Driver.Start();
        if (status != Status.Ok)
            return status;
        nic.Line.Handler = new InterruptToHost(host);
        nic.Line.Unmask();
        return local.Stack.Start();
    }

    // The interrupt calls the host, which calls the driver: no thread, no message.
    private sealed class InterruptToHost(DirectHost host) : IInterruptHandler
    {
        public void OnInterrupt() => host.OnInterrupt();
    }
}
