// A driver outside the kernel's own domain: what of it outlives its death, and how it is started and stopped.
// Next: service/ServiceDomain.cs and software/SoftwareDomain.cs
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>Told when a driver is gone. Its device has been silenced before.</summary>
public interface IDriverObserver
{
    void OnDriverLost(DriverEvent what);
}

/// <summary>
/// The endpoint, the interrupt notification and the two rings of a driver stay the same however often it is started; its process or
/// thread, its device and its descriptor memory start anew each time.
/// </summary>
public abstract class DriverDomain : ISilenceObserver
{
    private bool _isLost;

    protected DriverDomain(Nucleus nucleus, NicHardware nic, Dials dials)
    {
        Nucleus = nucleus;
        Nic = nic;
        Dials = dials;
        Events = new RingPages(nucleus.Memory);
        Requests = new RingPages(nucleus.Memory);
        Endpoint = new Endpoint(nucleus.Scheduler, nucleus.Counters) { Observer = this };
        Signals = new Notification(nucleus.Scheduler, nucleus.Counters) { Endpoint = Endpoint, Line = nic.Line };
        Endpoint.Bound = Signals;
        nic.Line.Notification = Signals;
    }

    /// <summary>Where the driver answers.</summary>
    public Endpoint Endpoint { get; }

    /// <summary>What wakes it besides: its interrupt line, or <see cref="NicSignal.Requests"/>.</summary>
    public Notification Signals { get; }

    public RingPages Events { get; }

    public RingPages Requests { get; }

    /// <summary>What the driver signals when its event ring has news.</summary>
    public KernelObject? Stack { get; set; }

    public IDriverObserver? Observer { get; set; }

    /// <summary>It has been started, and has neither died nor been stopped since.</summary>
    public bool IsRunning { get; private set; }

    protected Nucleus Nucleus { get; }

    protected NicHardware Nic { get; }

    protected Dials Dials { get; }

    /// <summary>Starts a fresh driver with a fresh grant. Busy if it runs.</summary>
    public Status Start()
    {
        if (IsRunning)
            return Status.Busy;
        Events.Clear();
        Requests.Clear();
        _isLost = false;
        Signals.Clear();
        Endpoint.Reopen();
        Nic.Enable();
        Status status = Launch();
        IsRunning = status == Status.Ok;
        if (!IsRunning)
            Nic.Quiesce();
        else if (Dials.Interrupts != InterruptMode.Poll)
            Nic.Line.Unmask();
        return status;
    }

    /// <summary>Ends the driver if it still runs, resets its device, and takes descriptor memory back.</summary>
    public void Stop()
    {
        Nic.Quiesce();
        if (IsRunning)
            End();
        IsRunning = false;
        Nic.Reset();
    }

    /// <summary>It missed its deadline.</summary>
    public void OnSilent() => Lose(DriverEvent.Silent, isGone: false);

    protected abstract Status Launch();

    /// <summary>Ends what <see cref="Launch"/> has begun, from outside.</summary>
    protected abstract void End();

    /// <summary>The driver is gone, or as good as. Its device is silenced before any memory is reused; callers learn of it from the endpoint.</summary>
    protected void Lose(DriverEvent what, bool isGone)
    {
        if (isGone)
            IsRunning = false;
        if (_isLost)
            return; // it had been given up before, or two callers lost their patience
        _isLost = true;
        Nic.Quiesce();
        Observer?.OnDriverLost(what);
    }
}
