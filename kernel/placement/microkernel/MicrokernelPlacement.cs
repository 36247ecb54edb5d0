// microkernel: driver and network stack are two processes in ring 3. Only IPC, memory, threads and interrupts stay in ring 0: the
// multi-server way. Side by side with: ../ring3/Ring3Placement.cs
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Placement.Supervision;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>write() calls the network service, which calls the NIC service.</summary>
internal static class MicrokernelPlacement
{
    private const int ArgumentBytes = 80;

    public static Status Start(Site site, out SocketLayer? sockets)
    {
        sockets = null;
        Nucleus nucleus = site.Nucleus;
        ServiceDomain driver = new(nucleus, site.Nic, site.Dials, Domain.Ring3);
        Process? stack = LoadStack(site, driver, out Status status);
        if (stack is null)
            return status;
        RemoteSockets remote = new(nucleus, site.Nic.Packets, CreateEndpoint(nucleus, stack))
        {
            WaitsForOutcome = site.Dials.Completion == CompletionMode.Wait,
        };
        Notification signals = stack.OwnEndpoint!.Bound!;
        driver.Stack = signals;
        driver.GiveEndpointTo(stack);
        stack.Observer = remote;
        stack.Handles.Set(WellKnownHandle.SocketNotification, remote.Changes, HandleRights.Signal, badge: 0);
        status = DriverCare.Start(site, driver, new StackInService(signals, remote), remote);
        if (status == Status.Ok && site.Dials.NeedsTicks)
            status = nucleus.Processes.StartKernelThread(new Ticker(nucleus.Scheduler, new StackTick(signals)));
        if (status != Status.Ok)
            return status;
        nucleus.Processes.Run(stack);
        sockets = remote;
        return remote.Describe();
    }

    private static Process? LoadStack(Site site, DriverDomain driver, out Status status)
    {
        byte[] arguments = new byte[ArgumentBytes];
        int length = ServiceArguments.Write(arguments, site.Configuration, site.Dials);
        status = site.Nucleus.Processes.Load(
            "service/net"u8,
            new System.ReadOnlySpan<byte>(arguments, 0, length),
            isService: true,
            site.Nic.MintStackGrant(driver.Events, driver.Requests),
            Domain.Ring3,
            out Process? stack);
        return stack;
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
        ServiceConsole.GiveTo(nucleus, stack);
        stack.Handles.Set(WellKnownHandle.OwnEndpoint, endpoint, HandleRights.Receive, badge: 0);
        return endpoint;
    }

    // The stack takes its packets back when it hears of the new driver: it alone knows which they are.
    private sealed class StackInService(Notification signals, RemoteSockets sockets) : IDriverClient
    {
        public void OnDriverLost()
        {
        }

        public void OnDriverReset()
        {
        }

        public Status OnDriverStarted()
        {
            signals.Signal((ulong)NicSignal.DriverRestarted);
            return sockets.Describe(); // the signal comes first
        }
    }

    private sealed class StackTick(Notification signals) : ITicked
    {
        public void OnTick() => signals.Signal((ulong)NicSignal.Tick);
    }
}
