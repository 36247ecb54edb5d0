// microkernel: driver and network stack are two processes in ring 3. Only IPC, memory, threads and interrupts stay in ring 0: the
// multi-server way. Side by side with: ../ring3/Ring3Placement.cs
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>write() calls the network service, which calls the NIC service.</summary>
internal static class MicrokernelPlacement
{
    private const int ArgumentBytes = 64;

    public static Status Start(Nucleus nucleus, NicHardware nic, NetworkConfiguration configuration, out SocketLayer? sockets)
    {
        sockets = null;
        EventRingPages events = nic.CreateEventRing();
        Status status = NicService.Load(nucleus, nic, events, Domain.Ring3, out NicService? driver);
        if (status != Status.Ok)
            return status;
        byte[] arguments = new byte[ArgumentBytes];
        int length = ServiceArguments.Write(arguments, configuration);
        status = nucleus.Processes.Load(
            "service/net"u8, new System.ReadOnlySpan<byte>(arguments, 0, length), isService: true, nic.MintStackGrant(events), Domain.Ring3, out Process? stack);
        if (status != Status.Ok)
            return status;
        RemoteSockets remote = new(nucleus, nic.Packets, CreateEndpoint(nucleus, stack!));
        Connect(driver!, stack!, remote);
        driver!.Run();
        nucleus.Processes.Run(stack!);
        sockets = remote;
        return remote.Describe();
    }

    // The stack answers on its endpoint, and wakes there when the driver signals that its event ring has news.
    private static Endpoint CreateEndpoint(Nucleus nucleus, Process stack)
    {
        Endpoint endpoint = new(nucleus.Scheduler, nucleus.Counters);
        endpoint.Bound = new Notification(nucleus.Scheduler, nucleus.Counters)
        {
            Endpoint = endpoint,
            Mirror = nucleus.Processes.MirrorOf(stack),
        };
        stack.OwnEndpoint = endpoint;
        stack.Handles.Set(WellKnownHandle.StandardOutput, nucleus.Devices.Console, HandleRights.Write, badge: 0);
        stack.Handles.Set(WellKnownHandle.OwnEndpoint, endpoint, HandleRights.Receive, badge: 0);
        return endpoint;
    }

    private static void Connect(NicService driver, Process stack, RemoteSockets sockets)
    {
        driver.ReportTo(stack.OwnEndpoint!.Bound!);
        driver.GiveEndpointTo(stack);
        driver.Sockets = sockets;
        stack.Observer = sockets;
        stack.Handles.Set(WellKnownHandle.SocketNotification, sockets.Changes, HandleRights.Signal, badge: 0);
    }
}
