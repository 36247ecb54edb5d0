// A driver outside the kernel's own domain: what of it outlives its death, and what its device is told. Next: service/ServiceDomain.cs and
// software/SoftwareDomain.cs
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>
/// The interrupt line and the two rings of a driver stay the same, too; its device and its descriptor memory start anew each time. The device is
/// silenced before any memory is used again.
/// </summary>
public abstract class DriverDomain : SupervisedDomain
{
    protected DriverDomain(Nucleus nucleus, NicHardware nic, Dials dials)
        : base(nucleus)
    {
        Nic = nic;
        Dials = dials;
        Events = new RingPages(nucleus.Memory);
        Requests = new RingPages(nucleus.Memory);
        Signals.Line = nic.Line.IsMaskedWhileServed ? nic.Line : null;
        nic.Line.Notification = Signals;
    }

    public RingPages Events { get; }

    public RingPages Requests { get; }

    /// <summary>What the driver signals when its event ring has news.</summary>
    public KernelObject? Stack { get; set; }

    protected NicHardware Nic { get; }

    protected Dials Dials { get; }

    protected sealed override void Prepare()
    {
        Events.Clear();
        Requests.Clear();
        Nic.Enable();
        if (Dials.Interrupts != InterruptMode.Poll)
            Nic.Line.Unmask();
    }

    protected sealed override void Silence() => Nic.Quiesce();

    protected sealed override void Reclaim() => Nic.Reset();
}
