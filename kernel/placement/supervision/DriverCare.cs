// Who looks after a driver: nobody, or a supervisor in ring 3 that may reset it and start it anew. Policy is the supervisor's
// (userland/services/supervisor); here is only what it needs to carry it out. Back to: ../DriverDomain.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Supervision;

/// <summary>The stack above a driver.</summary>
public interface IDriverClient
{
    /// <summary>The driver is gone: it gets nothing more.</summary>
    void OnDriverLost();

    /// <summary>The driver is gone and its device reset: all packets it had are the stack's again.</summary>
    void OnDriverReset();

    /// <summary>Another one has been started; returns when it has answered.</summary>
    Status OnDriverStarted();
}

/// <summary>A driver as its supervisor sees it: requests <see cref="IoctlRequest.ResetDriver"/> and those after it.</summary>
public sealed class DriverCare : KernelObject, IDriverObserver
{
    private readonly Nucleus _nucleus;
    private readonly DriverDomain _driver;
    private readonly IDriverClient _client;
    private readonly SocketLayer _sockets;
    private readonly Notification? _events; // null: there is no supervisor
    private ulong _lostAt;
    private bool _isOrphaned;

    private DriverCare(Site site, DriverDomain driver, IDriverClient client, SocketLayer sockets)
    {
        _nucleus = site.Nucleus;
        _driver = driver;
        _client = client;
        _sockets = sockets;
        if (site.Dials.Restarts != 0)
            _events = new Notification(_nucleus.Scheduler, _nucleus.Counters);
        sockets.IsSupervised = _events is not null;
        driver.Observer = this;
    }

    /// <summary>Starts the driver, and its supervisor if <c>restarts=</c> asks for one.</summary>
    public static Status Start(Site site, DriverDomain driver, IDriverClient client, SocketLayer sockets)
    {
        DriverCare care = new(site, driver, client, sockets);
        Status status = care._events is null ? Status.Ok : care.StartSupervisor(site.Dials.Restarts);
        return status == Status.Ok ? driver.Start() : status;
    }

    public void OnDriverLost(DriverEvent what)
    {
        _lostAt = _nucleus.Scheduler.Now;
        _client.OnDriverLost();
        _nucleus.Log.Error("the NIC has lost its driver: it {What}").With("What", Describe(what)).End();
        if (_isOrphaned)
        {
            Abandon();
            return;
        }
        if (_events is null)
        {
            _nucleus.Log.Error("nobody looks after the driver: the network is down").End();
            _sockets.GoDown();
            return;
        }
        _events.Signal((ulong)what);
    }

    public override long Control(Thread caller, IoctlRequest request, ulong argument)
    {
        switch (request)
        {
            case IoctlRequest.ResetDriver:
                _driver.Stop();
                _client.OnDriverReset();
                return 0;
            case IoctlRequest.StartDriver:
                return -(long)StartAgain();
            case IoctlRequest.AbandonDriver:
                Abandon();
                return 0;
            default:
                return -(long)Status.UnsupportedRequest;
        }
    }

    /// <summary>The supervisor has died: nobody will start the driver again. One that runs goes on.</summary>
    public override void Close()
    {
        _isOrphaned = true;
        if (!_driver.IsRunning)
            Abandon();
    }

    private static string Describe(DriverEvent what) => what switch
    {
        DriverEvent.Faulted => "faulted",
        DriverEvent.Silent => "missed its deadline",
        _ => "ended",
    };

    private Status StartSupervisor(int restarts)
    {
        Process? supervisor = LoadSupervisor(CommandLineFor(restarts), out Status status);
        if (supervisor is null)
            return status;
        HandleTable handles = supervisor.Handles;
        _ = handles.Set(WellKnownHandle.StandardOutput, _nucleus.Devices.Console, HandleRights.Write, badge: 0);
        handles.Set(WellKnownHandle.Driver, this, HandleRights.Write, badge: 0);
        handles.Set(WellKnownHandle.DriverEvents, _events!, HandleRights.Receive, badge: 0);
        _nucleus.Processes.Run(supervisor);
        return Status.Ok;
    }

    private Process? LoadSupervisor(byte[] line, out Status status)
    {
        ServiceGrant grant = new() { Syscalls = SyscallSet.Supervisor };
        status = _nucleus.Processes.Load("service/supervisor"u8, line, isService: true, grant, Domain.Ring3, out Process? supervisor);
        return supervisor;
    }

    private static byte[] CommandLineFor(int restarts)
    {
        byte[] line = new byte[SupervisorName.Length + 2];
        SupervisorName.CopyTo(line);
        line[line.Length - 2] = (byte)('0' + (restarts / 10));
        line[line.Length - 1] = (byte)('0' + (restarts % 10));
        return line;
    }

    private static ReadOnlySpan<byte> SupervisorName => "supervisor "u8;

    private Status StartAgain()
    {
        Status status = _driver.Start();
        if (status == Status.Ok)
            status = _client.OnDriverStarted();
        if (status != Status.Ok)
            return status;
        _nucleus.Log.Information("the NIC has a driver again after {OutageTicks} ticks")
            .With("OutageTicks", _nucleus.Scheduler.Now - _lostAt)
            .End();
        return Status.Ok;
    }

    private void Abandon()
    {
        if (_sockets.IsDown)
            return;
        _nucleus.Log.Error("the driver will not be started again: the network is down").End();
        _sockets.Abandon();
    }
}
