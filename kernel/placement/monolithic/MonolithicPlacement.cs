// monolithic: driver and network stack in ring 0, in the kernel's address space, by plain calls. No wall stands between them and the
// kernel. Side by side with: ../ring3/Ring3Placement.cs
using RingOS.Abi;
using RingOS.Hosts.Direct;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Sockets;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Monolithic;

/// <summary>Linux's way, and Windows', and that of most.</summary>
internal static class MonolithicPlacement
{
    public static Status Start(Site site, IDriverFactory drivers, out SocketLayer? sockets)
    {
        Nucleus nucleus = site.Nucleus;
        DirectHost host = new(site.Dials.Batch);
        LocalSockets local = new(site.Nic.Packets, nucleus.Scheduler) { WaitsForOutcome = site.Dials.Completion == CompletionMode.Wait };
        local.Stack = new NetworkStack(site.Nic.Packets, host, local, new KernelClock(nucleus.Scheduler), site.Configuration);
        host.Driver = drivers.Create(site.Nic.Kind, site.Nic.MintKernelGrant(site.Dials), local.Stack);
        sockets = local;
        site.Nic.Enable();
        Status status = host.Driver.Start();
        if (status == Status.Ok && site.Dials.NeedsTicks)
            status = nucleus.Processes.StartKernelThread(new Ticker(nucleus.Scheduler, new DriverTick(host, site.Dials)));
        if (status != Status.Ok)
            return status;
        site.Nic.Line.Handler = new InterruptToHost(host);
        if (site.Dials.Interrupts != InterruptMode.Poll)
            site.Nic.Line.Unmask();
        return local.Stack.Start();
    }

    // The interrupt calls the host, which calls the driver: no thread, no message.
    private sealed class InterruptToHost(DirectHost host) : IInterruptHandler
    {
        public void OnInterrupt() => host.OnInterrupt();
    }

    private sealed class DriverTick(DirectHost host, Dials dials) : ITicked
    {
        public void OnTick()
        {
            host.Flush();
            if (dials.Interrupts == InterruptMode.Poll)
                host.OnInterrupt();
        }
    }
}
