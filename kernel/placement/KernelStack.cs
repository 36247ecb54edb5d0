// What the placements have in common whose driver is in another domain and whose network stack stays in the kernel.
// Next: DriverDomain.cs
using RingOS.Abi;
using RingOS.Kernel.Placement.Links;
using RingOS.Kernel.Placement.Supervision;
using RingOS.Kernel.Sockets;
using RingOS.Net;

namespace RingOS.Kernel.Placement;

/// <summary>Puts a stack on top of a link, and the link on top of a driver.</summary>
internal static class KernelStack
{
    public static Status Start(Site site, DriverDomain driver, DriverLink link, out SocketLayer? sockets)
    {
        Nucleus nucleus = site.Nucleus;
        LocalSockets local = new(site.Nic.Packets, nucleus.Scheduler) { WaitsForOutcome = site.Dials.Completion == CompletionMode.Wait };
        local.Stack = new NetworkStack(site.Nic.Packets, link, local, new KernelClock(nucleus.Scheduler), site.Configuration);
        sockets = local;
        link.Stack = local.Stack;
        driver.Stack = link;
        Status status = nucleus.Processes.StartKernelThread(link);
        if (status == Status.Ok)
            status = DriverCare.Start(site, driver, new StackInKernel(link, local.Stack), local);
        if (status == Status.Ok)
            status = link.Describe();
        return status == Status.Ok ? local.Stack.Start() : status;
    }

    private sealed class StackInKernel(DriverLink link, NetworkStack stack) : IDriverClient
    {
        public void OnDriverLost() => link.OnDriverLost();

        public void OnDriverReset() => stack.OnDriverLost();

        public Status OnDriverStarted()
        {
            Status status = link.Restart();
            return status == Status.Ok ? stack.OnDriverRestarted() : status;
        }
    }
}
