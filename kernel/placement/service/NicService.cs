// A NIC driver service: its process, its endpoint, its interrupt, and what happens when it dies. Next: MessageLink.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Service;

/// <summary>The kernel's side of a driver in another domain.</summary>
public sealed class NicService : IProcessObserver, ISilenceObserver
{
    private const ulong CallBadge = 1;

    private readonly Nucleus _nucleus;
    private readonly NicHardware _nic;
    private readonly Process _process;

    private NicService(Nucleus nucleus, NicHardware nic, Process process)
    {
        _nucleus = nucleus;
        _nic = nic;
        _process = process;
        Endpoint = new Endpoint(nucleus.Scheduler, nucleus.Counters);
        Notification interrupt = new(nucleus.Scheduler, nucleus.Counters)
        {
            Endpoint = Endpoint,
            Line = nic.Line,
            Mirror = nucleus.Processes.MirrorOf(process),
        };
        Endpoint.Bound = interrupt;
        Endpoint.Observer = this;
        nic.Line.Notification = interrupt;
        process.Observer = this;
        process.OwnEndpoint = Endpoint;
        process.Handles.Set(WellKnownHandle.StandardOutput, nucleus.Devices.Console, HandleRights.Write, badge: 0);
        process.Handles.Set(WellKnownHandle.OwnEndpoint, Endpoint, HandleRights.Receive, badge: 0);
        process.Handles.Set(WellKnownHandle.Interrupt, nic.Line, HandleRights.Receive, badge: 0);
    }

    /// <summary>Who is told that the network is down.</summary>
    public SocketLayer? Sockets { get; set; }

    /// <summary>Where the service answers.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>Loads the service: <c>service=</c> of the command line, or the one for this NIC.</summary>
    public static Status Load(Nucleus nucleus, NicHardware nic, EventRingPages events, Domain domain, out NicService? service)
    {
        service = null;
        ReadOnlySpan<byte> path = nucleus.CommandLine.Value("service"u8);
        if (path.IsEmpty)
            path = "service/nic-e1000"u8;
        Status status = nucleus.Processes.Load(path, "nic"u8, isService: true, nic.MintDriverGrant(events), domain, out Process? process);
        if (status == Status.Ok)
            service = new NicService(nucleus, nic, process!);
        return status;
    }

    /// <summary>Gives the service something to signal when its event ring has news.</summary>
    public void ReportTo(KernelObject stack) => _process.Handles.Set(WellKnownHandle.StackNotification, stack, HandleRights.Signal, badge: 0);

    /// <summary>Lets another process call the service.</summary>
    public void GiveEndpointTo(Process client) => client.Handles.Set(WellKnownHandle.NicEndpoint, Endpoint, HandleRights.Call, CallBadge);

    public void Run()
    {
        _nucleus.Processes.Run(_process);
        _nic.Line.Unmask();
    }

    /// <summary>The driver died. Its device is silenced before any memory is reused; callers learn of it from the endpoint.</summary>
    public void OnProcessEnded(Process process)
    {
        _nic.Quiesce();
        _nucleus.Log.Error("the NIC has lost its driver: the network is down").End();
        Sockets?.GoDown();
    }

    /// <summary>The driver missed its deadline: its device is silenced just the same.</summary>
    public void OnSilent()
    {
        _nic.Quiesce();
        _nucleus.Log.Error("NIC service missed its deadline: the network is down").End();
        Sockets?.GoDown();
    }
}
