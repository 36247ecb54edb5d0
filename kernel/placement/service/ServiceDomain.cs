// A driver in a process: ring 1 or ring 3. Side by side with: ../software/SoftwareDomain.cs. Next: ../links/MessageLink.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Service;

/// <summary>The kernel's side of a NIC service.</summary>
public sealed class ServiceDomain(Nucleus nucleus, NicHardware nic, Dials dials, Domain domain) : DriverDomain(nucleus, nic, dials), IProcessObserver
{
    private const int ArgumentBytes = 64;
    private const int MaximumFault = 56; // with "nic" and a blank before it
    private const ulong CallBadge = 1;

    private Process? _process;

    /// <summary>Lets another process call the service.</summary>
    public void GiveEndpointTo(Process client) => client.Handles.Set(WellKnownHandle.NicEndpoint, Endpoint, HandleRights.Call, CallBadge);

    /// <summary>The driver died by itself.</summary>
    public void OnProcessEnded(Process process)
        => Lose(process.End == ProcessEnd.Faulted ? DriverEvent.Faulted : DriverEvent.Exited, isGone: true);

    protected override Status Launch()
    {
        _process = Load(out Status status);
        if (_process is null)
            return status;
        if (Nic.PortCount != 0)
            status = GrantPorts(_process);
        if (status != Status.Ok)
        {
            End();
            return status;
        }
        Adopt(_process, this);
        HandleTable handles = _process.Handles;
        handles.Set(WellKnownHandle.Interrupt, Nic.Line, HandleRights.Receive, badge: 0);
        handles.Set(WellKnownHandle.StackNotification, Stack!, HandleRights.Signal, badge: 0);
        Nucleus.Processes.Run(_process);
        return Status.Ok;
    }

    private Status GrantPorts(Process process)
    {
        Nucleus.Log.Information("{Count} ports from {First} on are granted").With("Count", Nic.PortCount).With("First", Nic.FirstPort).End();
        return Nucleus.DescriptorTables.Ports.Grant(process, Nic.FirstPort, Nic.PortCount);
    }

    protected override void End() => Nucleus.Processes.End(_process!);

    // "fault=" is for services that know what to do with it.
    private Process? Load(out Status status)
    {
        byte[] line = new byte[ArgumentBytes];
        int length = Append(line, 0, "nic"u8);
        ReadOnlySpan<byte> fault = Nucleus.CommandLine.Value("fault"u8);
        if (fault.Length > MaximumFault)
        {
            status = Status.InvalidArgument;
            return null;
        }
        if (!fault.IsEmpty)
            length = Append(line, Append(line, length, " "u8), fault);
        ReadOnlySpan<byte> arguments = new(line, 0, length);
        status = Nucleus.Processes.Load(Path(), arguments, isService: true, Nic.MintDriverGrant(Events, Requests, Dials), domain, out Process? process);
        return process;
    }

    // The service of the command line, or the one for this NIC.
    private ReadOnlySpan<byte> Path()
    {
        ReadOnlySpan<byte> given = Nucleus.CommandLine.Value("service"u8);
        if (!given.IsEmpty)
            return given;
        byte[] own = new byte[ArgumentBytes];
        int length = Append(own, Append(own, 0, "service/nic-"u8), Nic.Kind.Name);
        return new ReadOnlySpan<byte>(own, 0, length);
    }

    private static int Append(byte[] line, int length, ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
        {
            if (length < line.Length)
                line[length++] = character;
        }
        return length;
    }
}
