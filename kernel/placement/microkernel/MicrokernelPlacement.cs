// microkernel: driver and network stack are two processes in ring 3. Only IPC, memory, threads and interrupts stay in ring 0: the
// multi-server way. Side by side with: ../ring3/Ring3Placement.cs. Next: StackDomain.cs
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
    public static Status Start(Site site, out SocketLayer? sockets)
    {
        Nucleus nucleus = site.Nucleus;
        ServiceDomain driver = new(nucleus, site.Nic, site.Dials, Domain.Ring3);
        StackDomain stack = new(site, driver);
        RemoteSockets remote = new(nucleus, site.Nic.Packets, stack) { WaitsForOutcome = site.Dials.Completion == CompletionMode.Wait };
        sockets = remote;
        driver.Stack = stack.Signals;
        stack.Changes = remote.Changes;
        Status status = DriverCare.Start(site, driver, new StackInService(stack, remote), remote);
        if (status == Status.Ok && site.Dials.NeedsTicks)
            status = nucleus.Processes.StartKernelThread(new Ticker(nucleus.Scheduler, new StackTick(stack.Signals)));
        if (status == Status.Ok)
            status = StackCare.Start(site, stack, driver, remote);
        return status == Status.Ok ? remote.Describe() : status;
    }

    // The stack takes its packets back when it hears of the new driver: it alone knows which they are.
    private sealed class StackInService(StackDomain stack, RemoteSockets sockets) : IDriverClient
    {
        public void OnDriverLost()
        {
        }

        public void OnDriverReset()
        {
        }

        // A stack that is not there, or dies now, is no fault of the driver: the next one will find it.
        public Status OnDriverStarted()
        {
            if (!stack.IsHealthy)
                return Status.Ok;
            stack.Signals.Signal((ulong)NicSignal.DriverRestarted);
            Status status = sockets.Describe(); // the signal comes first
            return stack.IsHealthy ? status : Status.Ok;
        }
    }

    private sealed class StackTick(Notification signals) : ITicked
    {
        public void OnTick() => signals.Signal((ulong)NicSignal.Tick);
    }
}
