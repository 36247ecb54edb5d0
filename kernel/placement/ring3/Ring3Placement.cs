// ring3: the driver is a process of its own, in ring 3, with its own address space; the network stack stays in the kernel. MINIX 3's
// and L4's way with drivers. Side by side with: ../monolithic/MonolithicPlacement.cs
using RingOS.Abi;
using RingOS.Kernel.Sockets;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Ring3;

/// <summary>Every request to the driver is a synchronous message; its events come back through a ring in shared memory.</summary>
internal static class Ring3Placement
{
    public static Status Start(Nucleus nucleus, NicHardware nic, NetworkConfiguration configuration, out SocketLayer? sockets)
    {
        sockets = null;
        EventRingPages events = nic.CreateEventRing();
        Status status = NicService.Load(nucleus, nic, events, out NicService? service);
        if (status != Status.Ok)
            return status;
        MessageLink link = new(nucleus, service!, events.CreateConsumer());
        LocalSockets local = new(nic.Packets, nucleus.Scheduler);
        local.Stack = new NetworkStack(nic.Packets, link, local, new KernelClock(nucleus.Scheduler), configuration);
        link.Stack = local.Stack;
        service!.Sockets = local;
        service.ReportTo(link);
        status = nucleus.Processes.StartKernelThread(link);
        if (status != Status.Ok)
            return status;
        service.Run();
        sockets = local;
        status = link.Describe();
        return status == Status.Ok ? local.Stack.Start() : status;
    }
}
