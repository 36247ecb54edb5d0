// A service, or a driver thread, that may be started again and again: whether it runs, and who hears that it does not any more.
// Next: DriverDomain.cs and microkernel/StackDomain.cs
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>Told when what runs in a domain is gone, or as good as.</summary>
public interface IDomainObserver
{
    void OnLost(DriverEvent what);

    /// <summary>Somebody would start it again.</summary>
    bool IsSupervised { get; }
}

/// <summary>The endpoint and the notification stay the same however often it is started; its process or thread starts anew each time.</summary>
public abstract class SupervisedDomain : ISilenceObserver, IBudgetObserver
{
    private bool _isLost;

    protected SupervisedDomain(Nucleus nucleus)
    {
        Nucleus = nucleus;
        Endpoint = new Endpoint(nucleus.Scheduler, nucleus.Counters) { Observer = this };
        Signals = new Notification(nucleus.Scheduler, nucleus.Counters) { Endpoint = Endpoint };
        Endpoint.Bound = Signals;
    }

    /// <summary>Where it answers.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>What wakes it besides.</summary>
    public Notification Signals { get; }

    public IDomainObserver? Observer { get; set; }

    /// <summary>It has been started, and has neither died nor been stopped since.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>It runs, and has not been given up.</summary>
    public bool IsHealthy => IsRunning && !_isLost;

    protected Nucleus Nucleus { get; }

    /// <summary>Starts a fresh one with a fresh grant. Busy if it runs.</summary>
    public Status Start()
    {
        if (IsRunning)
            return Status.Busy;
        _isLost = false;
        Signals.Clear();
        Endpoint.Reopen();
        Prepare();
        IsRunning = true; // it may die before this returns
        Status status = Launch();
        if (status != Status.Ok)
        {
            IsRunning = false;
            Silence();
        }
        return status;
    }

    /// <summary>Ends it if it still runs, and takes back what it had.</summary>
    public void Stop()
    {
        Silence();
        if (IsRunning)
            End();
        IsRunning = false;
        Reclaim();
    }

    /// <summary>It missed its deadline.</summary>
    public void OnSilent() => Lose(DriverEvent.Silent, isGone: false);

    /// <summary>It uses more of the processor than it may, again and again. Without a supervisor it goes on, behind programs.</summary>
    public void OnBudgetExhausted()
    {
        if (Observer is { IsSupervised: true })
            Lose(DriverEvent.Hogging, isGone: false);
        else
            Nucleus.Log.Error("a service uses more than its share of the processor, and runs behind programs").End();
    }

    /// <summary>A process that was loaded for this domain, and does not run yet, becomes its service.</summary>
    /// <param name="process">Has <see cref="Endpoint"/> as its own.</param>
    /// <param name="observer">Told of the process's end.</param>
    protected void Adopt(Process process, IProcessObserver observer)
    {
        process.Observer = observer;
        process.OwnEndpoint = Endpoint;
        process.Thread!.BudgetObserver = this;
        process.Handles.Set(WellKnownHandle.OwnEndpoint, Endpoint, HandleRights.Receive, badge: 0);
        Signals.Mirror = Nucleus.Processes.MirrorOf(process);
        ServiceConsole.GiveTo(Nucleus, process);
    }

    /// <summary>Before a start.</summary>
    protected virtual void Prepare()
    {
    }

    protected abstract Status Launch();

    /// <summary>Ends what <see cref="Launch"/> has begun, from outside.</summary>
    protected abstract void End();

    /// <summary>Whatever may still act for it without a processor does so no more.</summary>
    protected virtual void Silence()
    {
    }

    /// <summary>It has ended: what it had is the kernel's again.</summary>
    protected virtual void Reclaim()
    {
    }

    /// <summary>It is gone, or as good as. Callers learn of it from the endpoint.</summary>
    protected void Lose(DriverEvent what, bool isGone)
    {
        if (isGone)
            IsRunning = false;
        if (_isLost)
            return; // it had been given up before, or two callers lost their patience
        _isLost = true;
        Silence();
        Observer?.OnLost(what);
    }
}
