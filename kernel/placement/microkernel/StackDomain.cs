// The network service in its process: what of it outlives its death, and how it is started. Side by side with: ../service/ServiceDomain.cs.
// Next: StackCare.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>The kernel's side of the network service.</summary>
public sealed class StackDomain(Site site, ServiceDomain driver) : SupervisedDomain(site.Nucleus), IProcessObserver
{
    private const int ArgumentBytes = 160;

    private Process? _process;

    /// <summary>What the service signals when a waiting operation is worth another try.</summary>
    public KernelObject? Changes { get; set; }

    /// <summary>The service died by itself.</summary>
    public void OnProcessEnded(Process process)
        => Lose(process.End == ProcessEnd.Faulted ? DriverEvent.Faulted : DriverEvent.Exited, isGone: true);

    protected override Status Launch()
    {
        _process = Load(out Status status);
        if (_process is null)
            return status;
        Adopt(_process, this);
        _process.Handles.Set(WellKnownHandle.SocketNotification, Changes!, HandleRights.Signal, badge: 0);
        driver.GiveEndpointTo(_process);
        Nucleus.Processes.Run(_process);
        return Status.Ok;
    }

    protected override void End() => Nucleus.Processes.End(_process!);

    private Process? Load(out Status status)
    {
        byte[] arguments = new byte[ArgumentBytes];
        int length = ServiceArguments.Write(arguments, site.Configuration, site.Dials, Nucleus.CommandLine.Value("stack-fault"u8));
        ReadOnlySpan<byte> given = Nucleus.CommandLine.Value("stack"u8);
        status = Nucleus.Processes.Load(
            given.IsEmpty ? "service/net"u8 : given,
            new ReadOnlySpan<byte>(arguments, 0, length),
            isService: true,
            site.Nic.MintStackGrant(driver.Events, driver.Requests),
            Domain.Ring3,
            out Process? process);
        return process;
    }
}
