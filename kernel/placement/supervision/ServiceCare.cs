// Who looks after a driver or the network service: nobody, or a supervisor in ring 3 that may start it anew. Policy is the supervisor's
// (userland/services/supervisor); here is only what it needs to carry it out. Next: DriverCare.cs and ../microkernel/StackCare.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Supervision;

/// <summary>A domain as its supervisor sees it: requests <see cref="IoctlRequest.ResetDriver"/> and those after it.</summary>
public abstract class ServiceCare : KernelObject, IDomainObserver
{
    private const int CommandLineBytes = 32;

    private readonly Notification? _events; // null: there is no supervisor
    private readonly int _restarts;
    private ulong _lostAt;
    private bool _isAwaited; // the supervisor has been told of a loss and has not made up for it yet
    private bool _isOrphaned;

    /// <param name="site">Where.</param>
    /// <param name="domain">What is looked after.</param>
    /// <param name="sockets">Who suffers if it is not there.</param>
    protected ServiceCare(Site site, SupervisedDomain domain, SocketLayer sockets)
    {
        Nucleus = site.Nucleus;
        Sockets = sockets;
        _restarts = site.Dials.Restarts;
        if (_restarts != 0)
            _events = new Notification(Nucleus.Scheduler, Nucleus.Counters);
        sockets.IsSupervised = _events is not null;
        domain.Observer = this;
    }

    protected Nucleus Nucleus { get; }

    protected SocketLayer Sockets { get; }

    /// <summary>The supervisor's second argument.</summary>
    protected abstract ReadOnlySpan<byte> Ward { get; }

    public bool IsSupervised => _events is not null && !_isOrphaned;

    public void OnLost(DriverEvent what)
    {
        _lostAt = Nucleus.Scheduler.Now;
        TakeLeave();
        Report(Describe(what));
        if (Sockets.IsDown)
            return; // it will not be needed again
        if (_isOrphaned)
        {
            Abandon();
            return;
        }
        if (_events is null)
        {
            Nucleus.Log.Error("nobody looks after the {Ward}: the network is down").With("Ward", Ward).End();
            Sockets.GoDown();
            return;
        }
        _isAwaited = true;
        _events.Signal((ulong)what);
    }

    public override long Control(Thread caller, IoctlRequest request, ulong argument)
    {
        switch (request)
        {
            case IoctlRequest.ResetDriver:
                Reset();
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

    /// <summary>The supervisor has died: nobody will start anything again. What runs goes on.</summary>
    public override void Close()
    {
        _isOrphaned = true;
        if (_isAwaited)
            Abandon();
    }

    /// <summary>It is gone: nobody gives it anything more.</summary>
    protected abstract void TakeLeave();

    protected abstract void Report(string what);

    protected abstract void Reset();

    /// <summary>Starts it; returns when it has answered.</summary>
    protected abstract Status Start();

    protected abstract void ReportReturn(ulong outageTicks);

    /// <summary>Starts the supervisor if <c>restarts=</c> asks for one.</summary>
    protected Status StartSupervisor()
    {
        if (_events is null)
            return Status.Ok;
        byte[] line = new byte[CommandLineBytes];
        Process? supervisor = LoadSupervisor(line, WriteCommandLine(line), out Status status);
        if (supervisor is null)
            return status;
        HandleTable handles = supervisor.Handles;
        _ = handles.Set(WellKnownHandle.StandardOutput, Nucleus.Devices.Console, HandleRights.Write, badge: 0);
        _ = handles.Set(WellKnownHandle.Driver, this, HandleRights.Write, badge: 0);
        _ = handles.Set(WellKnownHandle.DriverEvents, _events, HandleRights.Receive, badge: 0); // the numbers are free
        Nucleus.Processes.Run(supervisor);
        return Status.Ok;
    }

    private static string Describe(DriverEvent what) => what switch
    {
        DriverEvent.Faulted => "faulted",
        DriverEvent.Silent => "missed its deadline",
        DriverEvent.Hogging => "used more than its share of the processor",
        _ => "ended",
    };

    private Process? LoadSupervisor(byte[] line, int length, out Status status)
    {
        ServiceGrant grant = new() { Syscalls = SyscallSet.Supervisor };
        status = Nucleus.Processes.Load(
            "service/supervisor"u8, new ReadOnlySpan<byte>(line, 0, length), isService: true, grant, Domain.Ring3, out Process? supervisor);
        return supervisor;
    }

    // "supervisor 03 driver"
    private int WriteCommandLine(byte[] line)
    {
        int length = Append(line, 0, "supervisor "u8);
        line[length++] = (byte)('0' + (_restarts / 10));
        line[length++] = (byte)('0' + (_restarts % 10));
        line[length++] = (byte)' ';
        return Append(line, length, Ward);
    }

    private static int Append(byte[] line, int length, ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
            line[length++] = character;
        return length;
    }

    private Status StartAgain()
    {
        if (Sockets.IsDown)
            return Status.NetworkDown;
        Status status = Start();
        if (status != Status.Ok)
            return status;
        _isAwaited = false;
        ReportReturn(Nucleus.Scheduler.Now - _lostAt);
        return Status.Ok;
    }

    private void Abandon()
    {
        _isAwaited = false;
        if (Sockets.IsDown)
            return;
        Nucleus.Log.Error("the {Ward} will not be started again: the network is down").With("Ward", Ward).End();
        Sockets.Abandon();
    }
}
