// What the placements have in common whose driver is a process and whose network stack stays in the kernel. Next: NicService.cs
using RingOS.Abi;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Service;

/// <summary>Every request to the driver is a synchronous message; its events come back through a ring in shared memory.</summary>
internal static class ServicePlacement
{
    public static Status Start(Nucleus nucleus, NicHardware nic, NetworkConfiguration configuration, Domain domain, out SocketLayer? sockets)
    {
        sockets = null;
        EventRingPages events = nic.CreateEventRing();
        Status status = NicService.Load(nucleus, nic, events, domain, out NicService? service);
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
